import * as z from 'zod'
import { type Pack, Shape, type When } from './shape.ts'

export type { Pack } from './shape.ts'

type Problem = { path: (string | number)[]; message: string }
type Named = { id: string; from: string; until: string | null }

const end = '9999-12-31'
const overlap = (a: Named, b: Named) => a.from <= (b.until ?? end) && b.from <= (a.until ?? end)

/** A rule may be there twice, before and after a change, but not twice on one day. */
function datesOf(list: 'rules' | 'clauses', items: readonly Named[]): Problem[] {
  return items.flatMap((one, i) => {
    const problems: Problem[] = []
    if (one.until !== null && one.until < one.from)
      problems.push({ path: [list, i, 'until'], message: 'Ends before it begins' })
    if (items.slice(0, i).some(other => other.id === one.id && overlap(one, other)))
      problems.push({ path: [list, i, 'from'], message: `${one.id} is in force twice on one day` })
    return problems
  })
}

/** Names of traits wherever a pack has them, with the way there. */
function traitsIn(value: unknown, path: (string | number)[] = []): { name: string; path: (string | number)[] }[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => traitsIn(one, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const names = key === 'traits' || key === 'evenFor' ? inner : key === 'trait' ? [inner] : null
    if (!Array.isArray(names)) return traitsIn(inner, [...path, key])
    return names.map(name => ({ name: String(name), path: [...path, key] }))
  })
}

/** What points to something that is not there. */
function pointers({ rules, clauses, sources, traits, jurisdictions }: Pack): Problem[] {
  const [ids, from] = [new Set(rules.map(rule => rule.id)), new Set(sources.map(source => source.id))]
  const parts = { rules, clauses }
  const unsourced = (['rules', 'clauses'] as const).flatMap(list =>
    parts[list].flatMap(({ source }, i) =>
      from.has(source) ? [] : [{ path: [list, i, 'source'], message: `There is no source "${source}"` }],
    ),
  )
  const unbarred = clauses.flatMap(({ bars }, i) =>
    bars
      .filter(id => !ids.has(id))
      .map(id => ({ path: ['clauses', i, 'bars'], message: `There is no rule "${id}" to bar` })),
  )
  const unnamed = traitsIn(parts)
    .filter(({ name }) => !(name in traits))
    .map(({ name, path }) => ({ path, message: `The trait "${name}" is not among the pack’s traits` }))
  const applied: When[] = [...rules, ...clauses].map(one => one.applies)
  const places = applied.flatMap(one => one.jurisdictions ?? [])
  const elsewhere = places
    .filter(place => !jurisdictions.includes(place))
    .map(place => ({ path: ['jurisdictions'], message: `${place} is named by a rule, but the pack is not for it` }))
  return [...unsourced, ...unbarred, ...unnamed, ...elsewhere]
}

const Checked = Shape.superRefine((pack, context) => {
  for (const problem of [...datesOf('rules', pack.rules), ...datesOf('clauses', pack.clauses), ...pointers(pack)])
    context.addIssue({ code: 'custom', ...problem })
})

/** A pack as JSON gives it. Throws an Error that says each thing that is wrong, and where. */
export function readPack(json: unknown): Pack {
  const read = Checked.safeParse(json)
  if (!read.success) throw new Error(`This is no pack of law:\n${z.prettifyError(read.error)}`)
  return read.data
}
