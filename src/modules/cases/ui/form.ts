/** What somebody wrote: as plain text, and with its formatting where it has any. */
export type Form = { text: string; html: string | null }

export const blank: Form = { text: '', html: null }

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Plain text as paragraphs; what is typed as markup stays text. */
export const textAsHtml = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map(part => `<p>${part.replace(/[&<>]/g, sign => escapes[sign] ?? sign).replaceAll('\n', '<br>')}</p>`)
    .join('')

export const htmlOf = ({ text, html }: Form): string => html ?? (text === '' ? '' : textAsHtml(text))

/** One after the other; plain as long as neither has a form. */
export const joinedForm = (first: Form, second: Form): Form => {
  if (second.text.trim() === '') return first
  if (first.text.trim() === '') return second
  const html = first.html === null && second.html === null ? null : htmlOf(first) + htmlOf(second)
  return { text: `${first.text}\n\n${second.text}`, html }
}

/** Whether a picture that was uploaded stands within the text. */
export const standsIn = (html: string | null, attachmentId: number): boolean =>
  html?.includes(`"/api/attachments/${attachmentId}"`) ?? false
