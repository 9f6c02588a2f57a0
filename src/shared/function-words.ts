/** The small words of a language, which make up nearly half of any text in it and hardly any of a text in another. */
const lists: Readonly<Record<string, string>> = {
  en: 'the and to of is you that it was for are with they this have not be at from but what were we when your can there which their will would my been has had i am please hello thank thanks could should it’s don’t i’m yet still',
  de: 'der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es werden aus er hat dass sie nach wird bei einer einem einen um ich mein meine noch wir ihr ihre habe bitte vielen dank guten leider immer aber oder wenn sehr kann',
  fr: "le et les des un une est que dans du pour qui au pas sur je vous avec ce plus mon votre nous il elle mais ou cette sont ont été bonjour merci n’ai j’ai n'ai j'ai c’est c'est toujours très bien",
  es: 'el los las y que en un una por con no para es del se lo su al como más pero sus le ya este sí porque esta son entre está cuando muy sin sobre también me hasta hay donde han mi hola gracias he usted todavía',
  it: 'il di che è e la un una per non sono con si da come io ma lo ha al anche della delle dei nel più mi mio questa questo gli ho grazie buongiorno ancora vorrei',
  nl: 'de het een en van ik te dat die in niet op aan met voor is zijn mijn er maar om heb dan zou wat nog naar bij ook als uit deze hij wij u bent goedemiddag dank nog',
  pt: 'o os um uma que não para com por mais como mas foi ao ele das dos seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo meu minha você obrigado olá ainda',
}

const languagesOf = new Map<string, string[]>()
for (const [language, list] of Object.entries(lists))
  for (const word of list.split(' ')) languagesOf.set(word, [...(languagesOf.get(word) ?? []), language])

const fewestWords = 8
const fewestHits = 4

/**
 * The language whose small words a text is full of, or null where that is not plain: at least a fifth of the words, and
 * twice as many as of any other language. 12 µs for 350 characters, where the full detector takes 1,080.
 */
export const plainLanguage = (text: string): string | null => {
  const words = text.toLowerCase().match(/[\p{L}'’]+/gu) ?? []
  if (words.length < fewestWords) return null
  const hits = new Map<string, number>()
  for (const word of words)
    for (const language of languagesOf.get(word) ?? []) hits.set(language, (hits.get(language) ?? 0) + 1)
  const [first, second] = [...hits].toSorted((a, b) => b[1] - a[1])
  if (!first || first[1] < fewestHits || first[1] < words.length / 5) return null
  return first[1] >= 2 * (second?.[1] ?? 0) ? first[0] : null
}
