import { readFileSync } from 'node:fs'

/** A part of a script: a title, and the lines up to the next title. */
export type Block = { title: string; lines: string[] }

/** The parts of a file in this folder, each begun by a line `== title`. */
export const blocksOf = (file: string): Block[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .split(/^== /m)
    .slice(1)
    .map(part => {
      const [title = '', ...lines] = part.trimEnd().split('\n')
      return { title: title.trim(), lines }
    })

/** Words of a line: what stands alone, what is said as `name=value`, and who is mentioned as `@name`. */
export const wordsOf = (line: string) => {
  const words = line.split(/\s+/).filter(word => word !== '')
  return {
    plain: words.filter(word => !/^\w+=|^@/.test(word)),
    about: Object.fromEntries(
      words.filter(word => /^\w+=/.test(word)).map(word => word.split(/=(.*)/s).slice(0, 2) as [string, string]),
    ),
    mentions: words.filter(word => word.startsWith('@')).map(word => word.slice(1)),
  }
}

const hoursIn: Record<string, number> = { m: 1 / 60, h: 1, d: 24 }

/** Hours of a span such as `40m`, `3h` or `12d`; null for `any`. @throws Error for anything else */
export const hoursOf = (span: string): number | null => {
  if (span === 'any') return null
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(span) ?? []
  if (!amount || !unit) throw new Error(`"${span}" is not a span of time`)
  return Number(amount) * (hoursIn[unit] ?? 0)
}
