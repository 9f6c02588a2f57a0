import { type Phrase, sayingFrom, spoken, type Values } from '../../shared/phrase.ts'

type Fields = Record<string, unknown>
export type Told = { type: string; data: Fields; before: Fields | null; after: Fields | null }

/**
 * What is filled into the sentence of an event, which stands in the language file as `event.<type>`: the words after
 * the actor's name. An event that says several things answers with phrases instead. Types without an entry here have
 * nothing to fill in. Only what is named here leaves the event.
 */
export type Sentences = Record<string, (event: Told) => Values | Phrase[]>

/** An event in words: in English for programs and logs, and by key for screens. */
export type Tell = (event: { type: string; data: unknown; before: unknown; after: unknown }) => {
  sentence: string
  said: Phrase[]
}

/** What an event holds, as text: words and figures, and nothing else. */
export const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

type Part = { sentences?: Sentences; words?: Readonly<Record<string, string>> }

/** Puts the sentences of all modules together. `parts` is read at the first event, when all of them are there. */
export const tellerOf = (parts: () => readonly Part[]): Tell => {
  let known: { sentences: Sentences; say: ReturnType<typeof sayingFrom> } | undefined
  const all = () => {
    const sentences = Object.assign({}, ...parts().map(part => part.sentences)) as Sentences
    return {
      sentences,
      say: sayingFrom(Object.assign({}, ...parts().map(part => part.words)) as Record<string, string>),
    }
  }
  return event => {
    known ??= all()
    const told = {
      type: event.type,
      data: (event.data ?? {}) as Fields,
      before: event.before as Fields | null,
      after: event.after as Fields | null,
    }
    const said = known.sentences[event.type]?.(told) ?? {}
    const phrases = Array.isArray(said) ? said : [{ key: `event.${event.type}`, values: said }]
    return { sentence: spoken(phrases, known.say), said: phrases }
  }
}
