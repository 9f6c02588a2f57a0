import type { ItemKind } from './contract.ts'
import type { SpreadReason } from './contract-handing.ts'

export type Matter = {
  kind: ItemKind
  id: number
  caseId: number
  teamId: number | null
  topicId: number | null
  /** Suggested only to those who may see such cases of its team anyway. */
  confidential: boolean
  /** When an appointment is; null for what has no place in a diary. */
  span: { from: Date; to: Date } | null
}

export type Colleague = {
  id: number
  name: string
  open: number
  teamIds: readonly number[]
  /** How many cases of each topic they have settled lately. */
  topics: Readonly<Record<string, number>>
  hasDiary: boolean
  /** Whoever runs the day takes cases on where nobody else can. */
  runsTheDay: boolean
  seesConfidential: boolean
  busy: readonly { from: Date; to: Date }[]
}

type Choice = { toStaffId: number | null; why: SpreadReason[] }

/** As many cases of one topic as make somebody at home in it: more of them do not count. */
const atHome = 10

const known = (one: Colleague, topicId: number | null): number =>
  topicId === null ? 0 : Math.min(one.topics[topicId] ?? 0, atHome)

const maySee = (one: Colleague, { confidential, teamId }: Matter): boolean =>
  !confidential || (one.seesConfidential && teamId !== null && one.teamIds.includes(teamId))

const overlaps = (a: { from: Date; to: Date }, b: { from: Date; to: Date }) => a.from < b.to && a.to > b.from

/**
 * Who takes what on. Whoever covers by name has everything they can have. Otherwise what belongs to one case stays
 * together; then those of the case's team, whoever runs the day last; then whoever has least, where every two cases of the same topic that were
 * settled lately (ten count at most) weigh as much as one open case less. An appointment needs a diary that is free.
 * @param matters what breaks first on top: it is given while most are still free
 */
export const spread = (
  matters: readonly Matter[],
  colleagues: readonly Colleague[],
  coverId: number | null,
): Map<string, Choice> => {
  const load = new Map(colleagues.map(one => [one.id, one.open]))
  const taken = new Map<number, { from: Date; to: Date }[]>(colleagues.map(one => [one.id, [...one.busy]]))
  const ofCase = new Map<number, number>()
  const free = (one: Colleague, { span }: Matter) =>
    span === null || (one.hasDiary && !taken.get(one.id)?.some(busy => overlaps(busy, span)))
  const costOf = (one: Colleague, topicId: number | null) => (load.get(one.id) ?? 0) - known(one, topicId) / 2
  const choose = (matter: Matter): { one: Colleague; why: SpreadReason[] } | null => {
    const able = colleagues.filter(one => free(one, matter) && maySee(one, matter))
    const cover = able.find(one => one.id === coverId)
    if (cover) return { one: cover, why: ['covers'] }
    const same = able.find(one => one.id === ofCase.get(matter.caseId))
    if (same) return { one: same, why: ['same_case'] }
    const team = able.filter(one => matter.teamId !== null && one.teamIds.includes(matter.teamId))
    const fit = team.length > 0 ? team : able
    const others = fit.filter(one => !one.runsTheDay)
    const [one] = (others.length > 0 ? others : fit).toSorted(
      (a, b) => costOf(a, matter.topicId) - costOf(b, matter.topicId) || a.id - b.id,
    )
    if (!one) return null
    const why: SpreadReason[] = [
      ...(team.length > 0 ? (['team'] as const) : []),
      ...(known(one, matter.topicId) > 0 ? (['topic'] as const) : []),
      matter.span ? 'free' : 'load',
    ]
    return { one, why }
  }
  const choices = new Map<string, Choice>()
  for (const matter of matters) {
    const chosen = choose(matter)
    choices.set(`${matter.kind} ${matter.id}`, { toStaffId: chosen?.one.id ?? null, why: chosen?.why ?? [] })
    if (!chosen) continue
    if (matter.kind === 'case') load.set(chosen.one.id, (load.get(chosen.one.id) ?? 0) + 1)
    if (!ofCase.has(matter.caseId)) ofCase.set(matter.caseId, chosen.one.id)
    if (matter.span) taken.get(chosen.one.id)?.push(matter.span)
  }
  return choices
}
