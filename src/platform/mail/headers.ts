/** Header fields in order, unfolded, names as written. */
export type Headers = [name: string, value: string][]

/** How many characters of a text its header block takes, with the line end before the blank line; 0 if it begins otherwise. */
export function headerLength(text: string): number {
  if (!/^[!-9;-~]{1,200}[ \t]*:/.test(text)) return 0
  const blank = /\r?\n\r?\n/.exec(text)
  return blank ? blank.index + 1 : text.length
}

/** The fields of a header block, unfolded, in order. */
export function headerFields(block: string): Headers {
  const fields: Headers = []
  for (const line of block.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()])
  }
  return fields
}

/** The values of a header, in order. Names are compared without case. */
export function headerValues(headers: Headers, name: string): string[] {
  return headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []))
}

/** The message ids in a header value, each with its angle brackets, also where the sender left them out. */
export function messageIds(value: string): string[] {
  const ids = value.match(/<[^<>\s]{1,998}>/g) ?? value.match(/[^<>\s,;]{1,500}@[^<>\s,;]{1,500}/g) ?? []
  return ids.map(id => (id.startsWith('<') ? id : `<${id}>`))
}
