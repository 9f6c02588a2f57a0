const plain = 'aAcCdDeEgGhHiIjJkKlLnNoOrRsStTuUwWyYzZ'
const accented = 'áÁçÇďĎéÉĝĜĥĤíÍĵĴķĶļĻñÑóÓŕŔšŠťŤúÚŵŴýÝžŽ'

const dress = (text: string) =>
  Array.from(text)
    .map(letter => accented[plain.indexOf(letter)] ?? letter)
    .join('')

/** A language nobody speaks: longer and accented, so that a text which does not go through the file stands out. */
export const pseudo = <T extends Record<string, string>>(words: T): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).map(([key, text]) => [
      key,
      // Placeholders stay as they are, or nothing could be filled in.
      `⟦${text
        .split(/(\{\{.*?\}\})/)
        .map(part => (part.startsWith('{{') ? part : dress(part)))
        .join('')}~⟧`,
    ]),
  )
