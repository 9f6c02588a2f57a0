const EMPTY = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** Elements that the opening of another one ends. */
const ENDED_BY: Readonly<Record<string, readonly string[]>> = {
  tr: ['tr', 'th', 'td'],
  th: ['th', 'td'],
  td: ['th', 'td'],
  li: ['li'],
  p: ['p'],
  dd: ['dt', 'dd'],
  dt: ['dt', 'dd'],
  option: ['option'],
}

const DEEPEST = 1000
/** However deep they seem to stand: tags within attributes and comments can deceive the count below. */
const MOST_TAGS = 60_000
const TAG = /<(\/?)([a-z][\w:-]{0,30})/gi

/**
 * HTML as far as it is nested no deeper than 1,000 elements and has no more than 60,000, which no person and no mail
 * program goes beyond: parsers take time with the square of the depth (15 s for 1 MB of `<b>`).
 */
export function shallowHtml(html: string): string {
  const open: string[] = []
  let tags = 0
  for (const { 1: closing, 2: written, index } of html.matchAll(TAG)) {
    const name = written!.toLowerCase()
    if (EMPTY.has(name)) continue
    if (closing) {
      const at = open.lastIndexOf(name)
      if (at >= 0) open.length = at
      continue
    }
    const ended = Object.hasOwn(ENDED_BY, name) ? ENDED_BY[name]! : []
    while (open.length > 0 && ended.includes(open.at(-1)!)) open.pop()
    if (open.push(name) > DEEPEST || ++tags > MOST_TAGS) return html.slice(0, index)
  }
  return html
}
