import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markQuotedHtml, quotedHtmlAt, splitQuoted } from './quoted.ts'

const HEADERS = [
  'On Fri, 20 Nov 2026 at 10:12, Shop Support <support@shop.test> wrote:',
  'On Fri, 20 Nov 2026 at 10:12, Shop Support\n<support@shop.test> wrote:',
  'Am Fr., 20. Nov. 2026 um 10:12 Uhr schrieb Shop Support <support@shop.test>:',
  'Am 20.11.2026 um 10:12 schrieb Shop Support:',
  'Le ven. 20 nov. 2026 à 10:12, Shop Support <support@shop.test> a écrit :',
  'El vie, 20 nov 2026 a las 10:12, Shop Support (<support@shop.test>) escribió:',
  '-----Original Message-----',
]

describe('splitQuoted', () => {
  test.each(HEADERS)('above the quotation: %s', header => {
    const divided = splitQuoted(`It came broken.\nPlease help.\n\n${header}\n\n> How are you?\n> Did it arrive?\n`)
    expect(divided.fresh.trim()).toBe('It came broken.\nPlease help.')
    expect(divided.quoted).toContain('> Did it arrive?')
    expect(divided.quoted).toContain(header.split('\n')[0])
  })

  test('below the quotation, and between its lines', () => {
    const below = splitQuoted(
      'On Fri, 20 Nov 2026, Support <s@shop.test> wrote:\n> Did it arrive?\n> Yours\n\nYes, it did.\n',
    )
    expect(below.fresh.trim()).toBe('Yes, it did.')
    const between = splitQuoted('> Did it arrive?\n\nYes.\n\n> Is it whole?\n\nNo.\n')
    expect(between.stretches.map(({ text, quoted }) => [text.trim(), quoted])).toEqual([
      ['> Did it arrive?', true],
      ['Yes.', false],
      ['> Is it whole?', true],
      ['No.', false],
    ])
  })

  test('a signature stays with the writer', () => {
    expect(splitQuoted('Thanks\n\n-- \nAnn Lee\nTel 020 7946 0018').quoted).toBe('')
    expect(splitQuoted('Thanks\n\nSent from my iPhone').quoted).toBe('')
  })

  test('no line is ever lost or changed', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(...HEADERS, '', '> quoted', '>> deep', '-- ', '$& wrote:', 'Op maandag', 'x schreef y:'),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), lines => {
        const text = lines.join('\n').replace(/\r\n?/g, '\n')
        const { stretches, fresh, quoted } = splitQuoted(text)
        expect(stretches.map(part => part.text).join('\n')).toBe(text)
        expect([...fresh.split('\n'), ...quoted.split('\n')].filter(Boolean).sort()).toEqual(
          text.split('\n').filter(Boolean).sort(),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test('a text made to be slow is divided by its marks alone', () => {
    const slow = splitQuoted(`${'Op a schreef b\n'.repeat(50_000)}> last`)
    expect(slow.quoted).toBe('> last')
  })
})

describe('quotedHtmlAt', () => {
  test.each([
    '<div class="gmail_quote gmail_quote_container">',
    '<blockquote type="cite">',
    '<div class="moz-cite-prefix">',
    '<div id="divRplyFwdMsg" dir="ltr">',
    '<div id="appendonsend">',
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0 0 0">',
    '<div class="yahoo_quoted">',
  ])('%s begins the quotation', opening => {
    const html = `<p>It came broken.</p>${opening}On Friday</div>`
    expect(quotedHtmlAt(html)).toBe(html.indexOf(opening))
    expect(markQuotedHtml(html)).toContain(`${opening.split(' ')[0]} data-quote="begin" `)
  })

  test('a mail without a quotation is left alone', () => {
    const html = '<p>gmail_quote</p><blockquote>A poem</blockquote>'
    expect(quotedHtmlAt(html)).toBeNull()
    expect(markQuotedHtml(html)).toBe(html)
  })
})
