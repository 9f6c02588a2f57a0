import { chanceFrom } from './chance.ts'

export type Sentence = { language: string; config: string; number: number; text: string }

type Language = { config: string; function: string; syllables: string; endings: string }

const languages: Record<string, Language> = {
  en: {
    config: 'english',
    function:
      'the to and a of I you is my for it in that have was on with not this be we your but are me as at please from can',
    syllables: 'or der pack ret sto cus cli ber man ser vice bro ken par cel in voi ship mor lo ten gar pro mi cup bla',
    endings: 'ing ed er ly tion s ness ment able',
  },
  de: {
    config: 'german',
    function:
      'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an ich Sie mein',
    syllables: 'be stel lung rech ver sand pa ket ge lie kun den schul gros ta fel bü wer zeug stra haus mor gen lö',
    endings: 'en ung er keit lich e t heit isch',
  },
  fr: {
    config: 'french',
    function: 'le de un et à il que ne dans ce je vous pour pas sur mon votre avec est une les la en qui par plus nous',
    syllables: 'com man de li vrai son fac ture pro duit cli en ser vi mai ré bou tou jour ar ti cle é co ges né',
    endings: 'er ment ion s é eur able ique',
  },
}

const words = (language: Language, count: number, chance: () => number): string[] => {
  const pick = (list: string[]) => list[Math.floor(chance() * list.length)] ?? ''
  const [syllables, endings] = [language.syllables.split(' '), language.endings.split(' ')]
  const made = new Set<string>()
  while (made.size < count) {
    const length = 2 + Math.floor(chance() * 2)
    made.add(Array.from({ length }, () => pick(syllables)).join('') + (chance() < 0.6 ? pick(endings) : ''))
  }
  return [...made]
}

/** A word by Zipf's law: the n-th is n times as rare as the first (Zipf, Human Behavior, 1949). */
const zipf = (list: string[], chance: number): string =>
  list[Math.min(list.length - 1, Math.floor(list.length ** chance) - 1)] ?? ''

/** How many sentences there are of each language. */
export const perLanguage = 3000

/** Sentences of 4 to 20 words out of 4,000 invented ones per language; 45 % are words such as "the", as people write. */
export const sentences = (): Sentence[] =>
  Object.entries(languages).flatMap(([name, language], index) => {
    const chance = chanceFrom(index + 1)
    const vocabulary = words(language, 4000, chance)
    const small = language.function.split(' ')
    return Array.from({ length: perLanguage }, (_, number) => {
      const length = 4 + Math.floor(chance() * 17)
      const text = Array.from({ length }, () => (chance() < 0.45 ? zipf(small, chance()) : zipf(vocabulary, chance())))
      const sentence = text.join(' ')
      return {
        language: name,
        config: language.config,
        number,
        text: `${sentence[0]?.toUpperCase()}${sentence.slice(1)}.`,
      }
    })
  })

/** Words to search for, each in a known share of all messages, and in no sentence. */
export const planted = { common: 'refrigerator', medium: 'marmalade', rare: 'zeppelin' } as const
