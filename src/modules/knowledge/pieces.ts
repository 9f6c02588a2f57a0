/** A part of a text, and whether it is what was looked for. */
export type Piece = { text: string; hit: boolean }

/** Signs nobody types, around what was found; whoever shows it makes elements of them, never markup. */
export const signs = { begin: '\ue000', end: '\ue001' }

/** A text with marks as pieces. */
export const piecesOf = (marked: string): Piece[] => {
  const pieces: Piece[] = []
  for (const part of marked.replace(/\s+/g, ' ').trim().slice(0, 400).split(signs.begin)) {
    const [hit, rest] = part.includes(signs.end) ? (part.split(signs.end) as [string, string]) : ['', part]
    if (hit) pieces.push({ text: hit, hit: true })
    if (rest) pieces.push({ text: rest, hit: false })
  }
  return pieces
}
