import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { FileStore } from '../../platform/files/store.ts'
import type { MailAttachment } from '../../platform/mail/attachments.ts'
import { type ParsedMail, parseMail } from '../../platform/mail/parse.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { sanitizeMailHtml } from '../../platform/text/html.ts'
import { splitQuoted } from '../../platform/text/quoted.ts'
import { redactBytes, redactHtml, redactText } from '../../platform/text/redact.ts'
import { type Kept, keepFile } from '../cases/index.ts'

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
}

const one = (text: string): string => redactText(cleanText(text, { singleLine: true })).text

const mostText = 200_000

/**
 * Reads a raw mail and keeps its attachments.
 * @throws MailRefused past a limit, or when it cannot be read
 */
export const readMail = async (raw: Buffer, files: FileStore): Promise<ReadMail> => {
  const mail = await parseMail(raw)
  const subject = one(mail.subject).slice(0, 300).trim()
  const body = redactText(cleanText(mail.text))
  const markup = mail.html === null ? null : redactHtml(mail.html)
  const { fresh, quoted } = splitQuoted(body.text.slice(0, mostText))
  const kept: Kept[] = []
  for (const attachment of mail.attachments)
    kept.push(await keepFile(files, { ...attachment, name: one(attachment.name) }))
  const attached = mail.attachments.some(
    attachment => redactBytes(attachment.content, attachment.type, attachment.name).found.length > 0,
  )
  const names = mail.attachments.some(attachment => one(attachment.name) !== attachment.name)
  const people = [mail.from, mail.replyTo, ...mail.to, ...mail.cc].some(
    who => who && redactText(`${who.name} ${who.address}`).found.length > 0,
  )
  const found =
    body.found.length > 0 ||
    (markup?.found.length ?? 0) > 0 ||
    attached ||
    names ||
    people ||
    redactText(mail.subject).found.length > 0
  // What is left when a quotation took everything is the whole text: nothing may be lost.
  const text = fresh.trim() === '' ? body.text.slice(0, mostText) : fresh
  return {
    mail: { ...mail, from: mail.from && { ...mail.from, name: one(mail.from.name) } },
    subject: subject || '(no subject)',
    text: text.trim() || '(empty message)',
    quoted: fresh.trim() === '' ? '' : quoted,
    html: markup ? sanitizeMailHtml(markup.html) : null,
    kept,
    redactedSource: found ? await rebuilt(mail, subject, body.text, markup?.html ?? null) : null,
  }
}

const redactedFile = (attachment: MailAttachment) => ({
  filename: one(attachment.name),
  contentType: attachment.type,
  content: redactBytes(attachment.content, attachment.type, attachment.name).bytes,
  ...(attachment.contentId ? { cid: attachment.contentId } : {}),
})

/** The same mail without the numbers: its headers that matter, its text, its files. */
const rebuilt = (mail: ParsedMail, subject: string, text: string, html: string | null): Promise<Buffer> => {
  const who = (person: { name: string; address: string }) => ({ name: one(person.name), address: one(person.address) })
  return new MailComposer({
    ...(mail.from ? { from: who(mail.from) } : {}),
    to: mail.to.map(who),
    cc: mail.cc.map(who),
    subject,
    text,
    ...(html === null ? {} : { html }),
    ...(mail.date ? { date: mail.date } : {}),
    ...(mail.messageId ? { messageId: mail.messageId } : {}),
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    references: mail.references,
    headers: { 'X-Rapport-Redacted': 'card or bank numbers were removed' },
    attachments: mail.attachments.map(redactedFile),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
}
