import { isPictureBomb } from '../../shared/picture-size.ts'

/** Beyond this many pixels on its longer side a photograph says no more to whoever reads it. */
const longest = 2560
const quality = 0.85
/** A picture below this many bytes is sent as it is. */
const smallEnough = 1_000_000
/** The size of a picture stands in its first bytes; after what a camera notes, in the first hundreds of kB. */
const headerBytes = 524_288

const shrinks = ['image/jpeg', 'image/png', 'image/webp']

const drawn = async (file: File): Promise<HTMLCanvasElement | null> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  pen?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return pen ? canvas : null
}

const blobOf = (canvas: HTMLCanvasElement, type: string): Promise<Blob | null> =>
  new Promise(resolve => canvas.toBlob(resolve, type, quality))

/** The same kind of picture where that is small enough (writing on a screen stays sharp), else a photograph. */
const smallerOf = async (file: File): Promise<Blob | null> => {
  const canvas = await drawn(file)
  if (!canvas) return null
  const same = file.type === 'image/jpeg' ? null : await blobOf(canvas, file.type)
  if (same && same.size <= smallEnough) return same
  const pen = canvas.getContext('2d')
  if (pen) {
    // A transparent ground would turn black.
    pen.globalCompositeOperation = 'destination-over'
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
  }
  return blobOf(canvas, 'image/jpeg')
}

const nameFor = (name: string, type: string) =>
  type === 'image/jpeg' && !/\.jpe?g$/i.test(name) ? `${name.replace(/\.\w{2,5}$/, '')}.jpg` : name

/**
 * A file as it goes over the line: a large picture is made smaller on this device, everything else stays what it is.
 * @returns `bomb` for a picture that must not be drawn, told by its header before anything unpacks it
 */
export const prepared = async (file: File): Promise<File | 'bomb'> => {
  const header = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer())
  if (isPictureBomb(header)) return 'bomb'
  if (!shrinks.includes(file.type) || file.size <= smallEnough) return file
  const smaller = await smallerOf(file).catch(() => null)
  if (!smaller || smaller.size >= file.size) return file
  return new File([smaller], nameFor(file.name, smaller.type), { type: smaller.type })
}
