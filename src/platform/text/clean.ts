/** What may happen beyond the cleaning that every text gets. */
export interface CleanOptions {
  /** One line of plain text (names, subjects, labels): line breaks and tabs become blanks, direction overrides go. */
  singleLine?: boolean
}

const DIRECTION_OVERRIDES = /[\u202A-\u202E\u2066-\u2069]/g
const CONTROLS = /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g

/**
 * What every free text goes through before it is kept: line ends as LF, no NUL or other control character but LF
 * and tab, lone surrogates replaced by U+FFFD, Unicode NFC.
 */
export function cleanText(text: string, { singleLine = false }: CleanOptions = {}): string {
  const clean = text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROLS, '').normalize('NFC')
  if (!singleLine) return clean
  return clean
    .replace(DIRECTION_OVERRIDES, '')
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim()
}
