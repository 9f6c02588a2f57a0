import { AFTER_DOT, AFTER_GAP, type Digits, digitsOf, FRESH, luhn, TOUCHING } from './digits.ts'
import { CARD_WORDS, type Span, WordIndex } from './redact-words.ts'

const SHORTEST = 12
const LONGEST = 19
/** Lengths below this are believed only beside a card word: too many order and phone numbers share them. */
const SHORTEST_ALONE = 14

/** Card lengths that a number beginning with these digits may have (ISO/IEC 7812 ranges of the schemes). */
export function schemeLengths(values: ArrayLike<number>, from = 0): readonly number[] {
  const first = values[from]! * 10 + values[from + 1]!
  const four = first * 100 + values[from + 2]! * 10 + values[from + 3]!
  if (values[from] === 4) return [19, 16, 13]
  if ((first >= 51 && first <= 55) || (four >= 2221 && four <= 2720)) return [16]
  if (first === 34 || first === 37) return [15]
  if ((four >= 3000 && four <= 3059) || first === 36 || first === 38 || first === 39) return [14]
  if (four >= 3528 && four <= 3589) return [19, 18, 17, 16]
  if (first === 50 || (first >= 56 && first <= 69)) return [19, 18, 17, 16, 15, 14, 13, 12]
  return []
}

/**
 * Card numbers in a text written by `plainDigits`: a scheme's first digits and length, and the Luhn check, over
 * (a) a whole run, (b) groups of a run set out as on a card, (c) any window of a longer string or beside a card word.
 * `tried` counts the check sums worked out: at most 16 for each digit.
 */
export function cardsIn(plain: string): { spans: Span[]; tried: number } {
  const digits = digitsOf(plain)
  const words = new WordIndex(plain, CARD_WORDS)
  const search: Search = { plain, digits, words, spans: [], tried: 0, groupFrom: 0, groupTo: 0 }
  for (let from = 0; from < digits.count; ) {
    let to = from + 1
    while (to < digits.count && digits.join[to] !== FRESH) to++
    if (to - from >= SHORTEST) searchRun(search, from, to)
    from = to
  }
  return search
}

interface Search {
  plain: string
  digits: Digits
  words: WordIndex
  spans: Span[]
  tried: number
  groupFrom: number
  groupTo: number
}

/** Finds the cards of one run. What a found number leaves behind is looked at again as a run of its own. */
function searchRun(search: Search, from: number, to: number): void {
  let start = from
  while (to - start >= SHORTEST) {
    const near = search.words.isNear(search.digits.at[start]!, search.digits.at[to - 1]! + 1)
    const [at, length] = firstCard(search, start, to, near)
    if (length === 0) return
    searchRun(search, start, at)
    add(search, at, length)
    start = at + length
  }
}

function firstCard(search: Search, from: number, to: number, near: boolean): [at: number, length: number] {
  const least = near ? SHORTEST : SHORTEST_ALONE
  let group = { from, to: from }
  for (let at = from; to - at >= least; at++) {
    if (at === from || search.digits.join[at] !== TOUCHING) group = { from: at, to: groupEnd(search, at, to) }
    const anywhere = near || group.to - group.from > LONGEST
    if (!anywhere && at !== group.from) {
      at = group.to - 1
      continue
    }
    for (const length of schemeLengths(search.digits.value, at)) {
      if (length < least || at + length > to) continue
      const whole = at === from && at + length === to
      const window = near || (anywhere && at + length <= group.to)
      if (!whole && !window && !setOutAsCard(search.digits, from, to, at, length)) continue
      if (isCard(search, at, length)) return [at, length]
    }
  }
  return [0, 0]
}

/** Where the digits that touch the one at `at` end, walked once however often a long group is entered again. */
function groupEnd(search: Search, at: number, to: number): number {
  if (at < search.groupFrom || at >= search.groupTo) {
    search.groupFrom = at
    search.groupTo = at + 1
    while (search.digits.join[search.groupTo] === TOUCHING) search.groupTo++
  }
  return Math.min(search.groupTo, to)
}

function isCard(search: Search, at: number, length: number): boolean {
  if (!schemeLengths(search.digits.value, at).includes(length)) return false
  search.tried++
  return luhn(search.digits.value, at, length)
}

/** Whole groups in the shapes printed on cards (16; 4-4-4-4 and on; 4-6-5; 4-6-4), bounded by more than a decimal point. */
function setOutAsCard(digits: Digits, from: number, to: number, at: number, length: number): boolean {
  const end = at + length
  if (at > from && digits.join[at] !== AFTER_GAP) return false
  if (end < to && digits.join[end] !== AFTER_GAP) return false
  const groups: number[] = []
  for (let index = at; index < end; index++) {
    if (index === at || digits.join[index] === AFTER_GAP || digits.join[index] === AFTER_DOT) groups.push(0)
    groups[groups.length - 1]!++
  }
  return /^(\d+|4(,4){2,3}(,\d)?|4,6,[45])$/.test(groups.join())
}

function add(search: Search, at: number, length: number): void {
  const { digits, plain } = search
  const last = digits.at[at + length - 1]!
  const tail = digits.value.subarray(at + length - 4, at + length).join('')
  // A digit from outside the BMP is followed by the joiner that stands for its second half.
  const end = plain[last + 1] === '\u2060' ? last + 2 : last + 1
  search.spans.push({ kind: 'card', start: digits.at[at]!, end, last4: tail })
}
