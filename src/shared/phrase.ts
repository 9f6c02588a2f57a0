import * as z from 'zod'

const Plain = z.union([z.string(), z.number()])
/** A moment, as ISO 8601: each reader's screen writes it in their way and zone. */
const When = z.object({ at: z.string() })
const Word = z.object({ key: z.string(), values: z.record(z.string(), Plain).optional() })

/**
 * Something said by its key in the language file, so that every screen says it in its own language. What is filled in
 * may have a key of its own, such as the name of a status; several are said as a list.
 */
export const Phrase = z.object({
  key: z.string(),
  values: z.record(z.string(), z.union([Plain, When, Word, z.array(Word)])),
})
export type Word = z.infer<typeof Word>
export type Phrase = z.infer<typeof Phrase>
export type Values = Phrase['values']

/** Says one text of a language file. */
export type Saying = (key: string, values: Record<string, string | number>) => string

/** How a moment is written where nobody said otherwise: for programs and logs. */
const inUtc = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`

const plain = (value: Values[string], say: Saying, when: (at: string) => string): string | number => {
  if (Array.isArray(value)) return value.map(word => say(word.key, word.values ?? {})).join(', ')
  if (typeof value !== 'object') return value
  return 'at' in value ? when(value.at) : say(value.key, value.values ?? {})
}

/** Phrases in the language of `say`, one after the other. @param when writes a moment, given as ISO 8601 */
export const spoken = (phrases: readonly Phrase[], say: Saying, when = inUtc): string =>
  phrases
    .map(({ key, values }) =>
      say(key, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plain(value, say, when)]))),
    )
    .join(', ')

/** Says texts from a language file as they stand, for programs and logs. A key without a text is said as it is. */
export const sayingFrom =
  (words: Readonly<Record<string, string>>): Saying =>
  (key, values) =>
    (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
