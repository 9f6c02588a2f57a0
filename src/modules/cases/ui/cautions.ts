import { plainLanguage } from '../../../shared/function-words.ts'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { type Mode, useMentions } from './composing.ts'

/** How a file is spoken of in English, German, French and Spanish. */
const promised = new RegExp(
  [
    'attach(?:ed|ments?|ing)?|enclosed?|enclosures?',
    'anbei|anhang|angehängt\\p{L}*|beigefügt\\p{L}*|beiliegend\\p{L}*|anlagen?',
    'ci-joint\\p{L}*|pièces? jointes?|en annexe|en pièce jointe',
    'adjunt[oa]s?|adjuntad[oa]s?|anexos?',
  ]
    .map(words => `(?<!\\p{L})(?:${words})(?!\\p{L})`)
    .join('|'),
  'iu',
)

/** A run of digits as cards have them: 13 to 19, with a blank or hyphen between at the most. */
const cardLike = /(?<![\d*])\d(?:[ -]?\d){12,18}(?!\d)/g

/** The check that every card number passes (ISO/IEC 7812-1, annex B). */
const luhn = (digits: string): boolean =>
  Array.from(digits)
    .reverse()
    .reduce((sum, sign, place) => {
      const digit = Number(sign) * (place % 2 === 1 ? 2 : 1)
      return sum + (digit > 9 ? digit - 9 : digit)
    }, 0) %
    10 ===
  0

const holdsCard = (text: string): boolean =>
  [...text.matchAll(cardLike)].some(([found]) => {
    const digits = found.replace(/\D/g, '')
    return /^[2-6]/.test(digits) && luhn(digits)
  })

/** What opens something: keys of well-known services, private keys, tokens, and a password beside its word. */
const secrets =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:sk|rk|pk)_(?:live|test)_\w{12,}|\bgh[pousr]_\w{30,}|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}|(?<!\p{L})(?:password|passwort|kennwort|mot de passe|contraseña|api[ -]?key|pin)\s*(?:is|ist|est|es|:|=)\s*["']?(?=\S*\d)\S{4,}/iu

export type About = {
  mode: Mode
  text: string
  files: number
  kase: Case
  /** The language the customer wrote in last. */
  theirLanguage: string | null
  /** How many people outside get it who have not all been written to before; 0 where that is nothing new. */
  newOutsiders: number
}

/** What one would rather be told before sending than after; each stops a send once. */
export const useCautions = ({ mode, text, files, kase, theirLanguage, newOutsiders }: About): string[] => {
  const t = useSay()
  const { named } = useMentions(text)
  if (mode === 'heard' || text.trim() === '') return []
  const always = [...(holdsCard(text) ? [t('caution.card')] : []), ...(secrets.test(text) ? [t('caution.secret')] : [])]
  if (mode === 'note') return always
  const wanted = kase.person.language ?? theirLanguage
  const used = plainLanguage(text)
  const name = (language: string) => sayOr(`language.${language}`, language)
  return [
    ...always,
    ...(named[0] ? [t('caution.mention', { name: named[0].name })] : []),
    ...(promised.test(text) && files === 0 ? [t('caution.noFile')] : []),
    ...(wanted && used && used !== wanted.slice(0, 2)
      ? [t('caution.language', { used: name(used), wanted: name(wanted.slice(0, 2)) })]
      : []),
    ...(newOutsiders > 1 ? [t('caution.outsiders', { count: newOutsiders })] : []),
  ]
}
