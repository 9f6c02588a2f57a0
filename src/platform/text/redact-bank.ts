import { digitBeyondGap, isWordAt } from './digits.ts'
import { BANK_WORDS, type Span, WordIndex } from './redact-words.ts'

/** Length of an IBAN by country (SWIFT IBAN registry, release 98). */
const IBAN_LENGTHS: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FK FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
}
const lengthOf = new Map(
  Object.entries(IBAN_LENGTHS).flatMap(([length, codes]) =>
    codes.split(' ').map(code => [code, Number(length)] as const),
  ),
)

const IBAN_START = /(?<![\p{L}\p{N}]|\*{8}|\*{7}#)[A-Za-z]{2}[0-9]{2}/gu
const IBAN_GAP = /[\s.\u00AD\u200B-\u200F\u2010-\u2015\u2060\uFEFF-]/

/** IBANs in a text written by `plainDigits`: a country's exact length, and ISO 7064 MOD 97-10. */
export function ibansIn(plain: string): Span[] {
  const spans: Span[] = []
  for (const found of plain.matchAll(IBAN_START)) {
    const length = lengthOf.get(found[0].slice(0, 2).toUpperCase())
    if (length === undefined || (spans.at(-1)?.end ?? 0) > found.index) continue
    const read = readIban(plain, found.index, length)
    if (read && isIban(read.characters)) {
      spans.push({ kind: 'iban', start: found.index, end: read.end, last4: read.characters.slice(-4) })
    }
  }
  return spans
}

function readIban(plain: string, start: number, length: number): { characters: string; end: number } | null {
  let characters = ''
  let gap = 0
  for (let at = start; at < plain.length && gap < 4; at++) {
    if (/[A-Za-z0-9]/.test(plain[at]!)) {
      characters += plain[at]
      gap = 0
    } else if (IBAN_GAP.test(plain[at]!)) gap++
    else return null
    if (characters.length === length) return { characters: characters.toUpperCase(), end: at + 1 }
  }
  return null
}

/** ISO 13616-1: the first four characters moved to the end, letters as 10 to 35, the remainder by 97 is 1. */
export function isIban(characters: string): boolean {
  const moved = characters.slice(4) + characters.slice(0, 4)
  let remainder = 0
  for (const symbol of moved) {
    const value = Number.parseInt(symbol, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

const SORT_CODE = '(?<sort>[0-9]{2}[\\s.\\u2010-\\u2015-]?[0-9]{2}[\\s.\\u2010-\\u2015-]?[0-9]{2})'
const ACCOUNT = '(?<account>[0-9]{8}|[0-9]{4} [0-9]{4})'
// Looked ahead, not consumed: a pair that is refused must not hide the one that begins inside it.
const SORT_THEN_ACCOUNT = new RegExp(`(?<![\\p{N}\\p{L}])(?=${SORT_CODE}[^0-9*]{0,40}${ACCOUNT})`, 'dgu')
const ACCOUNT_THEN_SORT = new RegExp(`(?<![\\p{N}\\p{L}])(?=${ACCOUNT}[^0-9*]{1,40}${SORT_CODE})`, 'dgu')

/** British sort code and account number together, with a word for a bank within 40 characters. */
export function bankAccountsIn(plain: string): Span[] {
  const words = new WordIndex(plain, BANK_WORDS)
  const spans: Span[] = []
  for (const pattern of [SORT_THEN_ACCOUNT, ACCOUNT_THEN_SORT]) {
    for (const found of plain.matchAll(pattern)) {
      const { sort, account } = found.indices!.groups!
      const end = Math.max(sort![1], account![1])
      if (isWordAt(plain, end) || digitBeyondGap(plain, end, 1) || digitBeyondGap(plain, found.index - 1, -1)) continue
      if (!words.isNear(found.index, end) || spans.some(span => span.start < end && span.end > found.index)) continue
      for (const [start, stop] of [sort!, account!]) {
        spans.push({ kind: 'bank', start, end: stop, last4: '' })
      }
    }
  }
  return spans
}
