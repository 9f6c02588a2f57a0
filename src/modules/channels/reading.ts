import type { FileStore } from '../../platform/files/store.ts'
import { type ParsedMail, parseMail } from '../../platform/mail/parse.ts'
import { sanitizeMailHtml } from '../../platform/text/html.ts'
import { splitQuoted } from '../../platform/text/quoted.ts'
import { type Kept, keepFile } from '../cases/index.ts'
import { maskMail } from './masking.ts'

/** A mail as it may be kept: card and bank numbers gone, HTML harmless, what it repeats told apart. */
export type ReadMail = {
  mail: ParsedMail
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
