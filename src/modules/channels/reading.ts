import type { FileStore } from '../../platform/files/store.ts'
import { headerFields, headerLength } from '../../platform/mail/headers.ts'
import { parseMail } from '../../platform/mail/parse.ts'
import { sanitizeMailHtml } from '../../platform/text/html.ts'
import { splitQuoted } from '../../platform/text/quoted.ts'
import { type Kept, keepFile } from '../cases/index.ts'
import { type Masked, maskMail, one } from './masking.ts'

/** A mail as it may be kept: card and bank numbers gone, HTML harmless, what it repeats told apart. */
export type ReadMail = {
  mail: Masked['mail']
  subject: string
  text: string
  quoted: string
  html: string | null
  kept: Kept[]
  /** Stands in for the stored source where something had to be removed. */
  redactedSource: Buffer | null
  /** The sender's own address had a number in it: nobody can be answered there. */
  senderMasked: boolean
}

const mostText = 200_000
const mostGlance = 1024 * 1024
const longestField = 4_000

/**
 * Subject and sender of a mail that is not to be read, so that whoever decides on it knows what it is: of its headers
 * only these two, however the rest is made.
 */
export const glanceAt = async (raw: Buffer): Promise<{ subject?: string; sender?: string }> => {
  const start = raw.subarray(0, mostGlance).toString('latin1')
  const fields = headerFields(start.slice(0, headerLength(start)))
  const plain = ['subject', 'from'].flatMap(name => {
    const value = fields.find(([key]) => key.toLowerCase() === name)?.[1]
    return value ? [`${name}: ${value.slice(0, longestField)}\r\n`] : []
  })
  const { subject, from } = await parseMail(Buffer.from(`${plain.join('')}\r\n`, 'latin1'))
  return { subject: one(subject).slice(0, 300), ...(from ? { sender: one(from.address) } : {}) }
}

/**
 * Reads a raw mail and keeps its attachments.
 * @throws MailRefused past a limit, or when it cannot be read
 */
export const readMail = async (raw: Buffer, files: FileStore): Promise<ReadMail> => {
  const { mail, text: body, html, source, senderMasked } = await maskMail(await parseMail(raw))
  const { fresh, quoted } = splitQuoted(body.slice(0, mostText))
  const kept: Kept[] = []
  for (const attachment of mail.attachments) kept.push(await keepFile(files, attachment))
  // What is left when a quotation took everything is the whole text: nothing may be lost.
  const text = fresh.trim() === '' ? body.slice(0, mostText) : fresh
  return {
    mail,
    subject: mail.subject.slice(0, 300).trim() || '(no subject)',
    text: text.trim() || '(empty message)',
    quoted: fresh.trim() === '' ? '' : quoted,
    html: html === null ? null : sanitizeMailHtml(html),
    kept,
    redactedSource: source,
    senderMasked,
  }
}
