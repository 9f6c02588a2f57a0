/** What is answered: the customer's last words, whose and when. */
export type Last = { text: string; author: string; at: string }

/** What is answered, below the answer, as mail programs do. */
export const quoted = (last: Last | null): string => {
  if (!last) return ''
  const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(last.at),
  )
  const lines = last.text
    .slice(0, 5000)
    .split('\n')
    .map(line => `> ${line}`)
  return `\n\nOn ${when} UTC, ${last.author} wrote:\n${lines.join('\n')}`
}

/** The same as a page: the writer's formatting, the pictures from within the mail, and what is answered as a quotation. */
export const page = (html: string, last: Last | null): string => {
  const pictures = html.replace(/<img data-cid="([^"]*)"/g, '<img src="cid:$1" style="max-width:100%"')
  const [lead = '', ...lines] = last ? quoted(last).trim().split('\n') : []
  const said = lines.map(line => asHtml(line.replace(/^> ?/, ''))).join('<br>')
  const quotation = last ? `<p>${asHtml(lead)}</p><blockquote type="cite">${said}</blockquote>` : ''
  return `<!doctype html><html><head><meta charset="utf-8"></head><body dir="auto">${pictures}${quotation}</body></html>`
}

const asHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
