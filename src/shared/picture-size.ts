/** A picture of more pixels than this is refused: drawn, it would take 200 MB and more, however few bytes it came in. */
export const mostPixels = 50_000_000

export type PictureSize = { width: number; height: number }

const textAt = (view: DataView, at: number, length: number): string => {
  let text = ''
  for (let i = at; i < Math.min(at + length, view.byteLength); i++) text += String.fromCharCode(view.getUint8(i))
  return text
}

const png = (view: DataView): PictureSize | null =>
  view.byteLength >= 24 ? { width: view.getUint32(16), height: view.getUint32(20) } : null

const gif = (view: DataView): PictureSize | null =>
  view.byteLength >= 10 ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null

const bmp = (view: DataView): PictureSize | null =>
  view.byteLength >= 26 ? { width: view.getUint32(18, true), height: Math.abs(view.getInt32(22, true)) } : null

/** JPEG: the size stands in the frame header (SOF0 to SOF15, without DHT, JPG and DAC), after segments of any kind. */
const jpeg = (view: DataView): PictureSize | null => {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) at += 1
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    else at += 2 + view.getUint16(at + 2)
  }
  return null
}

const webp = (view: DataView): PictureSize | null => {
  if (view.byteLength < 30) return null
  const kind = textAt(view, 12, 4)
  const three = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (kind === 'VP8X') return { width: three(24) + 1, height: three(27) + 1 }
  if (kind === 'VP8 ') return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  const bits = view.getUint32(21, true)
  return kind === 'VP8L' ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : null
}

/** AVIF and HEIC: the largest `ispe` box, wherever it stands among the first bytes. */
const heif = (view: DataView): PictureSize | null => {
  let largest: PictureSize | null = null
  for (let at = 8; at + 16 <= Math.min(view.byteLength, 65_536); at++) {
    if (view.getUint32(at) !== 0x69737065) continue
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    if (!largest || found.width * found.height > largest.width * largest.height) largest = found
  }
  return largest
}

/**
 * Width and height of a picture in pixels, from its header alone: nothing is unpacked. Knows PNG, JPEG, GIF, WebP, BMP,
 * AVIF and HEIC by their first bytes, whatever name they bear; null for anything else.
 */
export const pictureSize = (bytes: Uint8Array): PictureSize | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < 12) return null
  if (view.getUint32(0) === 0x89504e47) return png(view)
  if (view.getUint16(0) === 0xffd8) return jpeg(view)
  if (textAt(view, 0, 4) === 'GIF8') return gif(view)
  if (textAt(view, 0, 4) === 'RIFF' && textAt(view, 8, 4) === 'WEBP') return webp(view)
  if (textAt(view, 4, 4) === 'ftyp') return heif(view)
  return textAt(view, 0, 2) === 'BM' ? bmp(view) : null
}

/** Whether drawing a picture would take more memory than anybody's device should give to it. */
export const isPictureBomb = (bytes: Uint8Array): boolean => {
  const size = pictureSize(bytes)
  return size !== null && size.width * size.height > mostPixels
}
