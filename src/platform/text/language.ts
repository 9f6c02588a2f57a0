import { plainLanguage } from '../../shared/function-words.ts'

/** Fewest letters from which a language is guessed: below it the guess is mostly wrong. */
const FEWEST_LETTERS = 12

/** The text search configurations that PostgreSQL ships, by ISO 639-1 code. */
const CONFIGS: Readonly<Record<string, string>> = {
  ar: 'arabic',
  hy: 'armenian',
  eu: 'basque',
  ca: 'catalan',
  da: 'danish',
  nl: 'dutch',
  en: 'english',
  et: 'estonian',
  fi: 'finnish',
  fr: 'french',
  de: 'german',
  el: 'greek',
  hi: 'hindi',
  hu: 'hungarian',
  id: 'indonesian',
  ga: 'irish',
  it: 'italian',
  lt: 'lithuanian',
  ne: 'nepali',
  nb: 'norwegian',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  es: 'spanish',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
}

/**
 * The language of a text as an ISO 639-1 code, or null if it is too short or like none. The first 2,000 characters
 * decide. Most texts are told by their small words; the detector for the others is loaded on first use: it takes 54 MB.
 */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = text.slice(0, 2000)
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < FEWEST_LETTERS) return null
  const plain = plainLanguage(sample)
  if (plain) return plain
  const { detect } = await import('tinyld')
  return detect(sample) || null
}

/** The PostgreSQL text search configuration for a language; `simple`, which stems nothing, where there is none. */
export function searchConfig(language: string | null): string {
  return (language && Object.hasOwn(CONFIGS, language) && CONFIGS[language]) || 'simple'
}

/** The languages that have a search configuration of their own. */
export const languagesOf = (): string[] => Object.keys(CONFIGS)
