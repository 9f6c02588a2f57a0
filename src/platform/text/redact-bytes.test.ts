import { describe, expect, test } from 'vitest'
import { redactBytes } from './redact-bytes.ts'

const NUMBER = '4242 4242 4242 4242'
const MASK = '***************4242'

describe('redactBytes', () => {
  test.each([
    ['UTF-8', Buffer.from(`Zoë €5 ${NUMBER}`), 'text/plain', Buffer.from(`Zoë €5 ${MASK}`)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFFn,${NUMBER}`), 'text/csv', Buffer.from(`\uFEFFn,${MASK}`)],
    [
      'UTF-16 with a mark',
      Buffer.from(`\uFEFF${NUMBER} ë`, 'utf16le'),
      'text/plain',
      Buffer.from(`\uFEFF${MASK} ë`, 'utf16le'),
    ],
    [
      'big-endian',
      Buffer.from(`\uFEFF${NUMBER}`, 'utf16le').swap16(),
      'text/plain',
      Buffer.from(`\uFEFF${MASK}`, 'utf16le').swap16(),
    ],
    ['UTF-16 declared', Buffer.from(NUMBER, 'utf16le'), 'text/plain; charset=utf-16', Buffer.from(MASK, 'utf16le')],
    [
      'Latin-1',
      Buffer.from(`Zo\xeb ${NUMBER}`, 'latin1'),
      'text/plain; charset=iso-8859-1',
      Buffer.from(`Zo\xeb ${MASK}`, 'latin1'),
    ],
    [
      'Latin-1 blanks',
      Buffer.from('4242\xa04242\xa04242\xa04242 \xeb', 'latin1'),
      'text/plain',
      Buffer.from(`${MASK} \xeb`, 'latin1'),
    ],
    [
      'Windows-1252',
      Buffer.from('\x804 4242\x964242\x964242\x964242', 'latin1'),
      'text/plain; charset=windows-1252',
      Buffer.from(`\x804 ${MASK}`, 'latin1'),
    ],
    [
      'Shift_JIS',
      Buffer.from(`\x83\x4a\x81\x5b ${NUMBER}`, 'latin1'),
      'text/plain; charset=shift_jis',
      Buffer.from(`\x83\x4a\x81\x5b ${MASK}`, 'latin1'),
    ],
    [
      'an unknown charset',
      Buffer.from(`\xff ${NUMBER}`, 'latin1'),
      'text/plain; charset=x-none',
      Buffer.from(`\xff ${MASK}`, 'latin1'),
    ],
  ])('%s is masked and every other byte stays', (_name, bytes, type, expected) => {
    const redacted = redactBytes(bytes, type, 'file')
    expect(redacted.bytes).toEqual(expected)
    expect(redacted).toMatchObject({ found: [{ kind: 'card', last4: '4242' }], scanned: true })
  })

  test('JSON stays JSON, markup stays markup', () => {
    const json = redactBytes(Buffer.from('{"pan": 4242424242424242}'), 'application/octet-stream', 'export.json')
    expect(JSON.parse(json.bytes.toString())).toEqual({ pan: '************4242' })
    const html = redactBytes(Buffer.from('<b>4242</b>4242&#52;2424242 \xeb', 'latin1'), 'text/html', '')
    expect(html.bytes.toString('latin1')).toBe('<b>****</b>********4242 \xeb')
    expect(redactBytes(Buffer.from(`{\\rtf1 ${NUMBER}}`), 'application/rtf', '').bytes.toString()).toBe(
      `{\\rtf1 ${MASK}}`,
    )
  })

  test('what is not text is handed back and said to be unscanned', () => {
    const bytes = Buffer.from(`PK\x03\x04${NUMBER}`)
    for (const [type, name] of [
      ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'a.docx'],
      ['image/png', 'a.png'],
      ['application/pdf', 'a.pdf'],
    ] as const) {
      expect(redactBytes(bytes, type, name)).toEqual({ bytes, found: [], scanned: false })
    }
  })

  test('a file without numbers comes back as the very same bytes', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x41, 0x80])
    expect(redactBytes(bytes, 'text/plain', 'a.txt').bytes).toBe(bytes)
  })
})
