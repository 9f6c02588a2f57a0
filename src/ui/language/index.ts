import i18next from 'i18next'
import { useCallback } from 'react'
import { initReactI18next, useTranslation } from 'react-i18next'
import { type Phrase, type Saying, spoken } from '../../shared/phrase.ts'
import type { en } from './en.ts'
import { first } from './first.ts'
import { pseudo } from './pseudo.ts'

type Keys = keyof typeof en
/** `people.found_one` and `people.found_other` are both asked for as `people.found`. */
type Whole<K> = K extends `${infer Base}_one`
  ? Base
  : K extends `${infer Base}_other`
    ? `${Base}_one` extends Keys
      ? Base
      : K
    : K
export type TextKey = Whole<Keys>
export type Values = Record<string, string | number>
export type Say = (key: TextKey, values?: Values) => string

void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: first }, xx: { translation: pseudo(first) } },
  // Words that come later appear where they are wanted already.
  react: { bindI18nStore: 'added' },
})

const fetched = async () => {
  const { en } = await import('./en.ts')
  i18next.addResourceBundle('en', 'translation', en)
  i18next.addResourceBundle('xx', 'translation', pseudo(en))
}
let words: Promise<void> | null = null

/** The words of all other screens: fetched once the first is drawn, and at the latest before another is shown. */
export const loadWords = (): Promise<void> => {
  words ??= fetched().catch((error: unknown) => {
    words = null
    throw error
  })
  return words
}

/** How every visible text is said. */
export const useSay = (): Say => {
  const { t } = useTranslation()
  return useCallback((key, values) => t(key, values ?? {}), [t])
}

/** How the server's phrases are said. */
export const useSpoken = (when?: (at: string) => string): ((phrases: readonly Phrase[]) => string) => {
  const t = useSay() as Saying
  return useCallback(phrases => spoken(phrases, t, when), [t, when])
}

/** Outside components: messages that pop up. */
export const say: Say = (key, values) => i18next.t(key, values ?? {})

/** For keys made at run time, such as the name of a permission the server has added since. */
export const sayOr = (key: string, fallback: string): string => (i18next.exists(key) ? i18next.t(key) : fallback)

export const speak = (language: 'en' | 'xx') => {
  if (i18next.language !== language) void i18next.changeLanguage(language)
  document.documentElement.lang = language === 'xx' ? 'en-x-pseudo' : 'en-GB'
}
