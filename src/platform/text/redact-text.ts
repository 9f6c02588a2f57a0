import { BLOCK, isWordAt, plainDigits } from './digits.ts'
import { bankAccountsIn, ibansIn } from './redact-bank.ts'
import { cardsIn } from './redact-cards.ts'
import { CVV, type Span } from './redact-words.ts'

/** A number that was removed. `last4` is empty for security codes and British bank accounts. */
export interface Removed {
  kind: 'card' | 'cvv' | 'iban' | 'bank'
  last4: string
}

const FEWEST_DIGITS = /\p{N}(?:\P{N}*\p{N}){2}/u

/**
 * Removes card numbers, their security codes, IBANs and British bank accounts from a text.
 * Each becomes asterisks with the last four of a card or IBAN left (`***************4242`), and the text keeps
 * its length in UTF-16 units, so that whoever knows where a character came from can mask it there.
 * Redacting twice changes nothing more. Rule: PCI DSS v4.0.1 requirements 3.2 to 3.5.
 */
export function redactText(text: string): { text: string; found: Removed[] } {
  if (!FEWEST_DIGITS.test(text)) return { text, found: [] }
  const found: Removed[] = []
  let masked = text
  for (const spansIn of [ibansIn, cardSpans, codesIn, bankAccountsIn]) {
    const plain = plainDigits(masked)
    const spans = spansIn(plain).sort((a, b) => a.start - b.start)
    if (spans.length === 0) continue
    masked = mask(masked, plain, spans)
    for (const { kind, last4 } of spans) found.push({ kind, last4 })
  }
  return { text: masked, found }
}

function cardSpans(plain: string): Span[] {
  return cardsIn(plain).spans
}

function codesIn(plain: string): Span[] {
  return Array.from(plain.matchAll(CVV), found => {
    const [start, end] = found.indices!.groups!.digits!
    return { kind: 'cvv', start, end, last4: '' }
  })
}

/**
 * The last four are left only where they stand clear. Before a letter or digit the mask ends in `#` instead, so that
 * what follows is not taken for a last four; and a number across blocks of markup is masked whole.
 */
function mask(text: string, plain: string, spans: readonly Span[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { start, end, last4 } of spans) {
    const clear = !isWordAt(plain, end)
    const shown = !clear ? '#' : text.slice(start, end).includes(BLOCK) ? '' : last4
    pieces.push(text.slice(from, start), '*'.repeat(end - start - shown.length), shown)
    from = end
  }
  pieces.push(text.slice(from))
  return pieces.join('')
}
