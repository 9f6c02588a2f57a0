export type Detected = {
  kind: 'name' | 'email' | 'phone' | 'card'
  requester: { name?: string; email?: string; phone?: string; card?: string }
}

/** What somebody typed about somebody new: an e-mail address, a telephone number, a card number or a name. */
export const detect = (typed: string): Detected => {
  const text = typed.trim().replace(/\s+/g, ' ')
  const mail = /[^\s<>,;]+@[^\s<>,;]+\.[^\s<>,;]+/.exec(text)?.[0]
  if (mail) {
    const name = text
      .replace(mail, '')
      .replace(/[<>,;"]/g, ' ')
      .trim()
    return { kind: 'email', requester: { email: mail, ...(name ? { name } : {}) } }
  }
  const number = /\+?\d[\d\s()/.-]{5,}\d/.exec(text)?.[0]
  if (number && /^(\+|0)/.test(number.trim())) {
    const name = text.replace(number, '').replace(/[,;]/g, ' ').trim()
    return { kind: 'phone', requester: { phone: number.trim(), ...(name ? { name } : {}) } }
  }
  // A card has digits and no word of letters: "4021-77" or "K40217".
  if (/^[A-Za-z]{0,3}[-\s]?\d[\d\s-]{3,}$/.test(text)) return { kind: 'card', requester: { card: text } }
  return { kind: 'name', requester: { name: text } }
}
