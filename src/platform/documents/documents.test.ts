import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { formatOf } from './formats.ts'
import { officeText, wordsOfXml } from './office.ts'
import { redactFile } from './redacting.ts'
import { docxOf, pdfOf, zipOf } from './samples.ts'
import { bounds, textOf } from './text-of.ts'
import { entriesOf, Unreadable } from './zip.ts'

const reasonOf = (act: () => unknown) => {
  try {
    act()
  } catch (error) {
    if (error instanceof Unreadable) return error.reason
    throw error
  }
  return null
}

test('the words of office documents are read: letters, sheets, slides and open formats', () => {
  expect(officeText(docxOf('The kettle leaks', 'Fish &amp; chips'))).toContain('The kettle leaks\nFish & chips')
  const sheet = zipOf({
    'xl/workbook.xml': '<workbook/>',
    'xl/sharedStrings.xml': '<sst><si><t>Invoice</t></si><si><r><t>Ket</t></r><r><t>tle</t></r></si></sst>',
    'xl/worksheets/sheet1.xml':
      '<worksheet><c r="A1" t="s"><v>0</v></c><c r="B1"><f>SUM(A1)</f><v>42.5</v></c></worksheet>',
  })
  expect(officeText(sheet).split(/\s+/).filter(Boolean)).toEqual(['Invoice', 'Kettle', '42.5'])
  const slides = zipOf({
    'ppt/presentation.xml': '<p/>',
    'ppt/slides/slide10.xml': '<a:p><a:t>last</a:t></a:p>',
    'ppt/slides/slide2.xml': '<a:p><a:t>first</a:t></a:p>',
  })
  expect(officeText(slides)).toMatch(/first\s+last/)
  const open = zipOf({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'content.xml': '<text:p>A warranty<text:s/>card</text:p><table:table-cell><text:p>1</text:p></table:table-cell>',
  })
  expect(officeText(open)).toMatch(/A warranty\scard\s+1/)
})

test('what a reader does not see is not read, and entities never unfold', () => {
  expect(wordsOfXml('<w:p><w:delText>gone</w:delText><w:t>here</w:t></w:p>').trim()).toBe('here')
  expect(wordsOfXml('<!DOCTYPE x [<!ENTITY a "boom">]><w:p>&a;&#65;&#x42;&#0;</w:p>')).toContain('&a;AB')
})

test('an archive that unpacks to more than it may is left alone, whatever its directory claims', async () => {
  const bomb = zipOf({ 'word/document.xml': Buffer.alloc(120 * 1024 * 1024) }, 10)
  expect(bomb.length).toBeLessThan(200_000)
  expect(reasonOf(() => officeText(bomb))).toBe('too_large')
  expect(await textOf(bomb, 'office')).toEqual({ reason: 'too_large' })
})

test('a broken archive is said to be one', () => {
  const good = docxOf('words')
  expect(reasonOf(() => officeText(Buffer.from('not an archive at all, but longer than its end')))).toBe('broken')
  for (let cut = 10; cut < good.length; cut += 17)
    expect(reasonOf(() => officeText(good.subarray(0, cut)))).toBe('broken')
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good)
    bad[at] = (bad[at] ?? 0) ^ 0xff
    reasonOf(() => entriesOf(bad, 1e6).map(entry => entry.read()))
  }
  expect(reasonOf(() => officeText(zipOf({ 'a.txt': 'x' })))).toBe('unknown')
})

test('a PDF, a page, a table and a text are read in a process of their own', async () => {
  expect(await textOf(await pdfOf('The warranty ends', 'Second page'), 'pdf')).toMatchObject({
    text: expect.stringMatching(/The warranty ends\s+Second page/),
  })
  const html = Buffer.from('<h1>Kettle</h1><script>bad()</script><p>leaks</p>')
  expect(await textOf(html, 'html')).toMatchObject({ text: expect.stringMatching(/^Kettle\s+leaks$/) })
  expect(await textOf(Buffer.from('caf\xe9;1', 'latin1'), 'text')).toEqual({ text: 'café;1' })
})

test('a broken PDF, one that is too large, one that takes too long or too much memory end with a note', async () => {
  expect(await textOf(Buffer.from('%PDF-1.7 and nothing else'), 'pdf')).toEqual({ reason: 'broken' })
  expect(await textOf(Buffer.alloc(100), 'pdf', { ...bounds, bytes: 99 })).toEqual({ reason: 'too_large' })
  expect(await textOf(await pdfOf('late'), 'pdf', { ...bounds, timeoutMs: 20 })).toEqual({ reason: 'too_slow' })
  expect(await textOf(pdfBomb(), 'pdf', { ...bounds, memoryMb: 160 })).toHaveProperty('reason')
})

/** One page whose content is 400 MB of blanks, packed to 400 kB. */
const pdfBomb = (): Buffer => {
  const packed = deflateSync(Buffer.alloc(400 * 1024 * 1024, 0x20))
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>',
  ]
  let file = '%PDF-1.4\n'
  for (const [index, object] of objects.entries()) file += `${index + 1} 0 obj\n${object}\nendobj\n`
  file += `4 0 obj\n<</Length ${packed.length}/Filter/FlateDecode>>stream\n`
  return Buffer.concat([Buffer.from(file), packed, Buffer.from('\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF')])
}

test('of an archive the entries that can be read are, and an office document by another name is one', async () => {
  const archive = zipOf({
    'a/readme.txt': 'Kettle',
    'b.pdf': await pdfOf('Warranty'),
    'c.zip': zipOf({ 'd.txt': 'no' }),
    'e.png': '?',
  })
  expect(await textOf(archive, 'archive')).toEqual({
    text: expect.stringMatching(/readme.txt\nKettle\nb.pdf\nWarranty\s+c.zip\n\ne.png/),
  })
  expect(await textOf(docxOf('A letter'), 'archive')).toEqual({ text: expect.stringContaining('A letter') })
})

test('a document with card numbers gives way to its words, one that cannot be read stays and is said to be unknown', async () => {
  const card = '4242 4242 4242 4242'
  const given = { name: 'Form.pdf', type: 'application/pdf', content: await pdfOf(`Card ${card}, thanks`) }
  const redacted = await redactFile(given)
  expect(redacted).toMatchObject({ name: 'Form.pdf.txt', type: 'text/plain', found: true, unscanned: false })
  expect(redacted.content.toString()).toContain('thanks')
  expect(redacted.content.toString()).not.toContain('4242 4242')
  const harmless = { ...given, content: await pdfOf('No secrets') }
  expect(await redactFile(harmless)).toEqual({ ...harmless, found: false, unscanned: false })
  const broken = { ...given, content: Buffer.from(`%PDF-1.7 ${card}`) }
  expect(await redactFile(broken)).toEqual({ ...broken, found: false, unscanned: true })
  const many = await Promise.all(Array.from({ length: 5 }, () => redactFile(given)))
  expect(many.map(({ found }) => found)).toEqual([true, true, true, true, true])
})

test('a format is told by the name, or else by the type', () => {
  expect(formatOf('Offer.PDF', 'application/octet-stream')).toBe('pdf')
  expect(formatOf('offer', 'application/pdf')).toBe('pdf')
  expect(formatOf('list.xlsx', '')).toBe('office')
  expect(formatOf('photo.jpg', 'image/jpeg')).toBeNull()
})
