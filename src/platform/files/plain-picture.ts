const pngStart = Buffer.from('89504e470d0a1a0a', 'hex')

/** Whether a chunk says which colours are transparent; it must stand before the picture itself. */
const hasTransparency = (content: Buffer): boolean => {
  for (let at = 8; at + 12 <= content.length; at += 12 + content.readUInt32BE(at)) {
    const chunk = content.toString('latin1', at + 4, at + 8)
    if (chunk === 'tRNS') return true
    if (chunk === 'IDAT') return false
  }
  return true
}

/**
 * Whether a picture can be copied into a document as it is, without taking it apart: a JPEG, or a PNG that has no
 * transparency and is not interlaced. Source: PNG specification (Third Edition), 11.2.1: IHDR is the first chunk, colour
 * types 4 and 6 have alpha.
 * @returns null where it is neither PNG nor JPEG
 */
export const isPlainPicture = (content: Buffer): boolean | null => {
  if (content[0] === 0xff && content[1] === 0xd8) return true
  if (!content.subarray(0, 8).equals(pngStart)) return null
  if (content.length < 33 || content.toString('latin1', 12, 16) !== 'IHDR') return false
  const alpha = ((content[25] ?? 0) & 4) !== 0
  return !alpha && content[28] === 0 && !hasTransparency(content)
}
