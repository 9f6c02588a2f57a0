import { isUtf8 } from 'node:buffer'
import { parentPort, workerData } from 'node:worker_threads'
import { htmlToText } from '../text/html.ts'
import { type Format, formatOf } from './formats.ts'
import { entriesOf, Unreadable } from './zip.ts'

const plain = (file: Buffer): string => {
  const charset = file[0] === 0xff && file[1] === 0xfe ? 'utf-16le' : isUtf8(file) ? 'utf-8' : 'windows-1252'
  return new TextDecoder(charset).decode(file).slice(0, 2_000_000)
}

const readers: Record<Format, (file: Buffer) => string | Promise<string>> = {
  text: plain,
  html: file => htmlToText(plain(file)),
  pdf: async file => (await import('./pdf.ts')).pdfText(file),
  office: async file => (await import('./office.ts')).officeText(file),
  archive: file => archiveText(file),
}

const mostUnpacked = 100 * 1024 * 1024
const mostCharacters = 2_000_000

/** An office document is an archive too, whatever it is called. Of any other, its entries that can be read; none within one. */
const archiveText = async (file: Buffer): Promise<string> => {
  const { officeText } = await import('./office.ts')
  try {
    return officeText(file)
  } catch (error) {
    if (!(error instanceof Unreadable && error.reason === 'unknown')) throw error
  }
  let text = ''
  for (const entry of entriesOf(file, mostUnpacked)) {
    const format = formatOf(entry.name, '')
    text += `${entry.name}\n${format && format !== 'archive' ? await readers[format](entry.read()) : ''}\n`
    if (text.length > mostCharacters) break
  }
  return text.slice(0, mostCharacters)
}

const { file, format } = workerData as { file: Uint8Array; format: Format }
try {
  const text = await readers[format](Buffer.from(file.buffer, file.byteOffset, file.byteLength))
  parentPort?.postMessage({ text })
} catch (error) {
  const reason = error instanceof Unreadable ? error.reason : 'broken'
  parentPort?.postMessage({ reason })
}
