/** Words that promise what cannot be kept, and what is meant by them. */
const misleading: [RegExp, string][] = [
  [/\balways\b/i, 'Say how often: “in 95 of 100 cases”'],
  [/\bnever\b/i, 'Say what is done when it happens all the same'],
  [/\b(100\s?%|100 per ?cent|in all cases|without exception)/i, 'Say a share that can be kept'],
  [/\bguarantee(s|d)?\b/i, 'Say what is promised and what follows when it is missed'],
  [/\bat all times\b/i, 'Say the hours'],
  [/\b(world[- ]class|best[- ]in[- ]class|second to none|the best)\b/i, 'Say what is done, not how good it is'],
]

/** Words that nobody can measure. */
const unmeasurable: [RegExp, string][] = [
  [/\bas soon as (possible|we can|practicable)\b/i, 'Say by when'],
  [/\b(promptly|quickly|speedily|swiftly|without delay|shortly|in due course|in good time)\b/i, 'Say by when'],
  [/\breasonable (time|period|effort|efforts)\b/i, 'Say how long, or what is done'],
  [/\b(where|whenever|wherever) (possible|practicable|appropriate)\b/i, 'Say in which cases'],
  [/\b(try|aim|strive|endeavour|hope) to\b/i, 'Say what is done'],
  [/\b(normally|usually|generally|from time to time|regularly)\b/i, 'Say how often, and when not'],
  [
    /\b(excellent|high[- ]quality|first[- ]class|exceptional) (service|care|support)\b/i,
    'Say what the customer will notice',
  ],
]

export type Weak = { check: 'misleading' | 'unmeasurable'; words: string; instead: string }

const found = (check: Weak['check'], list: typeof misleading, text: string): Weak[] =>
  list.flatMap(([pattern, instead]) => {
    const hit = pattern.exec(text)
    return hit ? [{ check, words: hit[0], instead }] : []
  })

/** What in a text promises more than can be kept, or nothing that can be measured. */
export const weakWords = (text: string): Weak[] => [
  ...found('misleading', misleading, text),
  ...found('unmeasurable', unmeasurable, text),
]
