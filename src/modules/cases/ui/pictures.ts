import { isPictureBomb } from '../../../shared/picture-size.ts'

/** Beyond this many pixels on its longer side a photograph says no more to whoever reads it. */
const longest = 2560
const quality = 0.85
/** A picture below this many bytes is sent as it is. */
const smallEnough = 1_000_000
/** The size of a picture stands in its first bytes; after what a camera notes, in the first hundreds of kB. */
const headerBytes = 524_288

const drawn = async (file: File): Promise<Blob | null> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', quality))
}

/**
 * A file as it goes over the line: a large photograph is made smaller on this device, everything else stays what it is.
 * @returns `bomb` for a picture that must not be drawn, told by its header before anything unpacks it
 */
export const prepared = async (file: File): Promise<File | 'bomb'> => {
  const header = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer())
  if (isPictureBomb(header)) return 'bomb'
  if (file.type !== 'image/jpeg' || file.size <= smallEnough) return file
  const smaller = await drawn(file).catch(() => null)
  return smaller && smaller.size < file.size ? new File([smaller], file.name, { type: 'image/jpeg' }) : file
}
