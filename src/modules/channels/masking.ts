import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { redactFile } from '../../platform/documents/redacting.ts'
import type { MailAttachment } from '../../platform/mail/attachments.ts'
import { knownId } from '../../platform/mail/known-ids.ts'
import { MailRefused } from '../../platform/mail/limits.ts'
import { type MailAddress, type ParsedMail, parseMail } from '../../platform/mail/parse.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { redactBytes, redactHtml, redactText } from '../../platform/text/redact.ts'

/** One line of text without card and bank numbers. */
export const one = (text: string): string => redactText(cleanText(text, { singleLine: true })).text

type MaskedFile = MailAttachment & { unscanned: boolean }
type MaskedMail = Omit<ParsedMail, 'attachments'> & { attachments: MaskedFile[] }

export type Masked = {
  /** Nothing in it that is shown, stored or answered to holds a number; its headers are as they came. */
  mail: MaskedMail
  text: string
  html: string | null
  /** The sender's own address had a number in it: nobody can be answered there. */
  senderMasked: boolean
  /** The same mail without the numbers; null where it had none. */
  source: Buffer | null
}

const holdsNumber = (text: string): boolean => redactText(text).found.length > 0
const who = ({ name, address }: MailAddress): MailAddress => ({ name: one(name), address: one(address) })
/** Who was copied in under an address that is a number cannot be written to: left out. */
const others = (people: MailAddress[]): MailAddress[] => people.filter(({ address }) => !holdsNumber(address)).map(who)

/** A file of a mail, its name and what it says without the numbers; a mail within the mail is read like the mail itself. */
const maskedFile = async (file: MailAttachment): Promise<{ file: MaskedFile; found: boolean }> => {
  const inner = file.type === 'message/rfc822' ? await innerMail(file.content) : null
  const { found, ...redacted } = await redactFile({ ...file, content: inner ?? file.content })
  const [name, contentId] = [one(redacted.name), file.contentId && one(file.contentId)]
  const size = redacted.content.length
  const isOther = inner !== null || found || name !== file.name || contentId !== file.contentId
  return { file: { ...file, ...redacted, name, contentId, size }, found: isOther }
}

const innerMail = async (raw: Buffer): Promise<Buffer | null> => {
  try {
    return (await maskMail(await parseMail(raw))).source
  } catch (error) {
    // It is no mail that can be read: looked through as the text it is.
    if (error instanceof MailRefused) return null
    throw error
  }
}

/** Takes card and bank numbers out of everything a mail says, in whatever encoding. */
export const maskMail = async (sent: ParsedMail): Promise<Masked> => {
  const body = redactText(cleanText(sent.text))
  const markup = sent.html === null ? null : redactHtml(sent.html)
  const files: Awaited<ReturnType<typeof maskedFile>>[] = []
  for (const attachment of sent.attachments) files.push(await maskedFile(attachment))
  const found =
    body.found.length > 0 ||
    (markup?.found.length ?? 0) > 0 ||
    files.some(file => file.found) ||
    holdsNumber(sent.subject) ||
    [sent.from, sent.replyTo, ...sent.to, ...sent.cc].some(
      person => person && holdsNumber(`${person.name} ${person.address}`),
    ) ||
    sent.headers.some(([name, value]) => holdsNumber(`${name}: ${value}`))
  const mail: MaskedMail = {
    ...sent,
    subject: one(sent.subject),
    from: sent.from && who(sent.from),
    replyTo: sent.replyTo && who(sent.replyTo),
    to: others(sent.to),
    cc: others(sent.cc),
    messageId: sent.messageId && knownId(sent.messageId),
    inReplyTo: sent.inReplyTo && knownId(sent.inReplyTo),
    references: sent.references.map(knownId),
    attachments: files.map(({ file }) => file),
  }
  const html = markup?.html ?? null
  return {
    mail,
    text: body.text,
    html,
    senderMasked: sent.from !== null && holdsNumber(sent.from.address),
    source: found ? await rebuilt(mail, body.text, html) : null,
  }
}

/** Limits for a mail that was set aside: more of it is read than the intake would, but not without end. */
const generous = { parts: 5_000, depth: 100, recipients: 100_000, headers: 8 * 1024 * 1024 }

/** A mail that may have been set aside, with the numbers gone; null where not even its parts can be told. */
export const maskSetAside = async (raw: Buffer): Promise<Masked | null> => {
  try {
    return await maskMail(await parseMail(raw, generous))
  } catch (error) {
    if (error instanceof MailRefused) return null
    throw error
  }
}

/** The source of a mail without card and bank numbers: of what cannot be read as a mail, as far as it stands there plainly. */
export const maskSource = (raw: Buffer, masked: Masked | null): Buffer =>
  redactBytes(masked?.source ?? raw, 'message/rfc822', 'mail.eml').bytes

const part = ({ name, type, content, contentId }: MailAttachment) => ({
  filename: name,
  contentType: type,
  content,
  ...(contentId ? { cid: contentId } : {}),
})

/** The mail anew from what is left of it: its headers that matter, its text, its files. */
const rebuilt = (mail: ParsedMail, text: string, html: string | null): Promise<Buffer> =>
  new MailComposer({
    ...(mail.from ? { from: mail.from } : {}),
    to: mail.to,
    cc: mail.cc,
    subject: mail.subject,
    text,
    ...(html === null ? {} : { html }),
    ...(mail.date ? { date: mail.date } : {}),
    ...(mail.messageId ? { messageId: mail.messageId } : {}),
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    references: mail.references,
    headers: { 'X-Rapport-Redacted': 'card or bank numbers were removed' },
    attachments: mail.attachments.map(part),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build()
