import type { Attachment } from 'postal-mime'
import { cleanText } from '../text/clean.ts'

export interface MailAttachment {
  /** A plain file name: no path, no control characters, at most 200 characters. */
  name: string
  /** Lower case, such as `image/png`. */
  type: string
  /** Bytes. */
  size: number
  content: Buffer
  /** Without angle brackets. */
  contentId: string | null
  /** Shown within the HTML rather than beside it. */
  inline: boolean
}

const LONGEST_NAME = 200
const ENDINGS: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/rfc822-headers': 'txt',
  'application/pdf': 'pdf',
  'application/ms-tnef': 'dat',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
}

export function safeAttachment(attachment: Attachment): MailAttachment {
  const { filename, mimeType, disposition, related, contentId, content } = attachment
  const bytes = typeof content === 'string' ? Buffer.from(content) : bufferOf(content)
  const type = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(mimeType) ? mimeType.toLowerCase() : 'application/octet-stream'
  const id = cleanText(contentId ?? '', { singleLine: true }).replace(/^<|>$/g, '')
  return {
    name: safeFileName(filename ?? '', type),
    type,
    size: bytes.length,
    content: bytes,
    contentId: id || null,
    inline: id !== '' && (related === true || disposition === 'inline'),
  }
}

function bufferOf(content: ArrayBuffer | Uint8Array): Buffer {
  return content instanceof ArrayBuffer
    ? Buffer.from(content)
    : Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

/** The last part of whatever path was sent, without what file systems and headers stumble over; its ending is kept. */
export function safeFileName(sent: string, type: string): string {
  const base = cleanText(sent, { singleLine: true }).split(/[/\\]/).at(-1)!
  const name = base.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '')
  if (name === '') return `attachment.${ENDINGS[type] ?? 'bin'}`
  const ending = /\.[^.\s]{1,20}$/.exec(name)?.[0] ?? ''
  const kept = Array.from(name.slice(0, name.length - ending.length)).slice(0, LONGEST_NAME - ending.length)
  return (kept.join('').slice(0, LONGEST_NAME - ending.length) + ending).toWellFormed()
}
