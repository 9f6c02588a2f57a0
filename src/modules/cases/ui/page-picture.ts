/** How far a picture is turned to the right, in degrees. */
export type Turn = 0 | 90 | 180 | 270

/** The longer side in pixels: a page of A4 at 200 dots per inch, at which print of 6 points can be read. */
const longest = 2340
const quality = 0.82

/**
 * A picture the way up it is wanted, no larger than a page needs, as a JPEG. What a camera notes of how it was held is
 * applied, and with it goes where and when it was taken.
 * @throws Error where the browser cannot read it
 */
export const turned = async (file: File, turn: Turn): Promise<Blob> => {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  const canvas = document.createElement('canvas')
  const onSide = turn % 180 !== 0
  canvas.width = onSide ? height : width
  canvas.height = onSide ? width : height
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  // Paper is white where a picture is transparent.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.translate(canvas.width / 2, canvas.height / 2)
  pen.rotate((turn * Math.PI) / 180)
  pen.drawImage(picture, -width / 2, -height / 2, width, height)
  picture.close()
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality),
  )
}
