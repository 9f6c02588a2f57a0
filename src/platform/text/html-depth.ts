/** Elements that end by themselves or have no content: leaving them open nests nothing. */
const UNNESTED = new Set(
  'area base br col colgroup dd dt embed hr img input li link meta option p param rb rp rt source tbody td tfoot th thead track tr wbr'.split(
    ' ',
  ),
)
const DEEPEST = 1000
const TAG = /<(\/?)([a-z][\w:-]{0,30})([^<>]*)>/gi

/**
 * HTML as far as it is nested no deeper than 1,000 elements, which no writer and no mail program does: parsers take
 * time with the square of the depth (15 s for 1 MB of `<b>`).
 */
export function shallowHtml(html: string): string {
  let depth = 0
  for (const { 1: closing, 2: name, 3: rest, index } of html.matchAll(TAG)) {
    if (UNNESTED.has(name!.toLowerCase()) || rest!.endsWith('/')) continue
    depth = closing ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEEPEST) return html.slice(0, index)
  }
  return html
}
