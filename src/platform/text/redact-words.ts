/** A number to be removed: half-open, in UTF-16 units. `last4` is empty where even that must not be kept. */
export interface Span {
  kind: 'card' | 'cvv' | 'iban' | 'bank'
  start: number
  end: number
  last4: string
}

const SECURITY_CODE =
  '(?:cvv2?|cvc2?|cv2|csc|security\\s{1,3}code|card\\s{1,3}verification\\s{1,3}(?:code|value|number))'

/** Words that announce a card number. A security code announces one too, which also keeps redaction idempotent. */
export const CARD_WORDS = new RegExp(
  `(?<![\\p{L}])(?:(?:credit|debit|bank|master)?cards?|visa|pan|amex|american express|maestro|long number|` +
    `(?:kredit|bank|debit)?karten?(?:nummer)?|carte bancaire|carte de crédit|tarjeta|carta di credito|${SECURITY_CODE})(?![\\p{L}])`,
  'giu',
)

/** Words that announce a bank account. */
export const BANK_WORDS = /(?<!\p{L})(?:sort\s{0,3}-?codes?|bank(?:ing)?|bacs|iban|acc(?:oun)?t|a\/c)(?!\p{L})/giu

/** A card security code beside its name; the digits are the named group. */
export const CVV = new RegExp(
  `(?<![\\p{L}])${SECURITY_CODE}[^\\p{L}\\p{N}*]{0,6}` +
    `(?:(?:is|was|no|nr|number|code|ist)[^\\p{L}\\p{N}*]{1,6}){0,2}(?<digits>[0-9]{3,4})(?![\\p{L}\\p{N}])`,
  'dgiu',
)

const REACH = 40

/** Where the words of a pattern stand in a text, so that asking what is near costs a binary search. */
export class WordIndex {
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  constructor(text: string, words: RegExp) {
    for (const found of text.matchAll(words)) {
      this.#starts.push(found.index)
      this.#ends.push(found.index + found[0].length)
    }
  }

  /** Whether a word lies within 40 characters of the half-open stretch `start`..`end`. */
  isNear(start: number, end: number): boolean {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#ends[middle]! + REACH < start) low = middle + 1
      else high = middle
    }
    return low < this.#starts.length && this.#starts[low]! <= end + REACH
  }
}
