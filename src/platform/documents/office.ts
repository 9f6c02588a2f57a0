import { type Entry, entriesOf, Unreadable } from './zip.ts'

/** What may be unpacked of one file in all, in bytes, and where the text of one is cut. */
const mostUnpacked = 100 * 1024 * 1024
const mostCharacters = 2_000_000
const mostPages = 200

/** The parts that hold the text, by the kind of document. */
const parts: Record<string, RegExp> = {
  docx: /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/,
  xlsx: /^xl\/(?:sharedStrings|worksheets\/sheet\d+|comments\d*)\.xml$/,
  pptx: /^ppt\/(?:slides\/slide\d+|notesSlides\/notesSlide\d+)\.xml$/,
  odf: /^content\.xml$/,
}

/** What is no text to a reader: deleted passages, field codes, and in a sheet the numbers of shared texts. */
const silent =
  /<(w:delText|w:instrText|office:scripts|text:tracked-changes)\b[^>]*>[\s\S]*?<\/\1>|<c\b[^>]*\bt="s"[^>]*>[\s\S]*?<\/c>|<f\b[^>]*>[^<]*<\/f>/g

/** Ends of what stands by itself: a paragraph, a cell, a text of a sheet. Anything else may end within a word. */
const apart =
  /<\/(?:w:p|a:p|text:p|text:h|si|is|c|v|row|table:table-cell|w:tc)>|<(?:w:tab|w:br|a:br|text:tab|text:line-break|text:s)\b[^>]*>/g

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const character = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ')

const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (_, decimal, hex, name) =>
    name ? (named[name.toLowerCase()] ?? '') : character(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  )

/** The words of one XML part. No parser is needed: entities of its own, which could unfold, are never resolved. */
export const wordsOfXml = (xml: string): string =>
  decoded(
    xml
      .replace(silent, ' ')
      .replace(apart, '\n')
      .replace(/<[^>]*>/g, ''),
  ).replace(/[^\S\n]+/g, ' ')

const numberIn = (name: string): number => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0)

const kindOf = (entries: readonly Entry[]): keyof typeof parts | null => {
  const has = (name: string) => entries.some(entry => entry.name === name)
  if (has('word/document.xml')) return 'docx'
  if (has('xl/workbook.xml')) return 'xlsx'
  if (has('ppt/presentation.xml')) return 'pptx'
  return has('content.xml') && has('mimetype') ? 'odf' : null
}

/**
 * The text of a word processor, sheet or slides document (docx, xlsx, pptx, odt, ods, odp).
 * @throws Unreadable
 */
export const officeText = (file: Buffer): string => {
  const entries = entriesOf(file, mostUnpacked)
  const kind = kindOf(entries)
  if (!kind) throw new Unreadable('unknown')
  const wanted = entries
    .filter(entry => parts[kind]?.test(entry.name))
    .toSorted((a, b) => numberIn(a.name) - numberIn(b.name))
    .slice(0, mostPages * 2)
  let text = ''
  for (const entry of wanted) {
    text += `${wordsOfXml(entry.read().toString('utf8'))}\n`
    if (text.length > mostCharacters) break
  }
  return text.slice(0, mostCharacters)
}
