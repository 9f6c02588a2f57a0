import EmailReplyParser from 'email-reply-parser'

/** A stretch of whole lines of a mail, in order. */
export interface Stretch {
  text: string
  quoted: boolean
}

/** A mail divided into what its writer wrote and what it repeats. Together they hold every line. */
export interface Divided {
  fresh: string
  quoted: string
  /** The same lines in their order, to be folded in place. */
  stretches: Stretch[]
}

const LONGEST_LINE = 500
const MOST_LINES = 1000

/**
 * Lines with which the reply parser begins a search to the end of the text. A thousand of them cost it 3.5 s, so a
 * text with more than a person would write is divided by its quotation marks alone.
 */
const COSTLY_LINE = /^\s*(?:Op|Dnia|W dniu|在|[a-z]{3,4}\.)/u
const MOST_COSTLY = 20

/**
 * Divides the text of a mail into fresh and quoted lines. A signature belongs to what stands above it. No line is
 * lost: what was taken for a quotation is folded, never cut.
 */
export function splitQuoted(text: string): Divided {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const flags = quotedLines(lines)
  const stretches: Stretch[] = []
  for (const [index, line] of lines.entries()) {
    const quoted = flags[index]!
    const last = stretches.at(-1)
    if (last?.quoted === quoted) last.text += `\n${line}`
    else stretches.push({ text: line, quoted })
  }
  const joined = (quoted: boolean) => stretches.flatMap(part => (part.quoted === quoted ? [part.text] : [])).join('\n')
  return { fresh: joined(false), quoted: joined(true), stretches }
}

/**
 * Which lines are quoted. The parser joins and trims lines, so its fragments are laid over the original by counting
 * the characters that are not blank, which it leaves alone.
 */
function quotedLines(lines: readonly string[]): boolean[] {
  const read = lines.slice(0, MOST_LINES).map(line => line.slice(0, LONGEST_LINE))
  if (read.filter(line => COSTLY_LINE.test(line)).length > MOST_COSTLY) return lines.map(line => line.startsWith('>'))
  const ends: { end: number; quoted: boolean }[] = []
  let end = 0
  for (const fragment of new EmailReplyParser().read(read.join('\n')).getFragments()) {
    end += inked(fragment.getContent())
    ends.push({ end, quoted: fragment.isQuoted() })
  }
  let at = 0
  let fragment = 0
  const flags = read.map(line => {
    const ink = inked(line)
    if (ink > 0) while (fragment < ends.length - 1 && at >= ends[fragment]!.end) fragment++
    at += ink
    return ends[fragment]?.quoted ?? false
  })
  return lines.map((line, index) => flags[index] ?? (line.startsWith('>') || flags.at(-1) === true))
}

function inked(text: string): number {
  return text.replace(/\s+/g, '').length
}

const DIVIDERS = [
  /<(?:div|blockquote)\b[^<>]*\bclass=["']?[^"'<>]*\bgmail_(?:quote|extra)\b/i,
  /<blockquote\b[^<>]*\btype=["']?cite\b/i,
  /<div\b[^<>]*\bid=["']?(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container|yahoo_quoted)/i,
  /<div\b[^<>]*\bclass=["']?[^"'<>]*\b(?:moz-cite-prefix|yahoo_quoted|protonmail_quote|zmail_extra)\b/i,
  /<div\b[^<>]*\bstyle=["'][^"'<>]*border:\s?none;\s?border-top:\s?solid #[0-9a-f]{6} 1\.0pt/i,
  /<hr\b[^<>]*\bid=["']?(?:stopSpelling|replySplit)/i,
]

/**
 * Where the quotation begins in the HTML of a mail (Gmail, Thunderbird, Apple Mail, Outlook, Yahoo, Proton): the
 * offset of its opening tag, or null. Ask before sanitizing, which removes the classes it goes by.
 */
export function quotedHtmlAt(html: string): number | null {
  const found = DIVIDERS.map(divider => divider.exec(html)?.index ?? -1).filter(index => index >= 0)
  return found.length > 0 ? Math.min(...found) : null
}

/** Marks the element in which the quotation begins with `data-quote="begin"`, which survives sanitizing. */
export function markQuotedHtml(html: string): string {
  const at = quotedHtmlAt(html)
  if (at === null) return html
  const name = /^<[a-z]+/i.exec(html.slice(at, at + 20))![0]
  return `${html.slice(0, at)}${name} data-quote="begin"${html.slice(at + name.length)}`
}
