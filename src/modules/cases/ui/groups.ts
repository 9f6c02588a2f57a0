import { useSay } from '../../../ui/language/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { type CaseLine, statuses } from '../contract.ts'
import { useStaff } from './choices.tsx'
import { useChoiceWords, useFields } from './conditions.ts'

/** How a group is called: a record by its name, a choice by its word. */
export const useGroupWord = () => {
  const t = useSay()
  const words = useChoiceWords()
  return (by: string, group: string | null, label: string | null): string =>
    group === null ? t('group.none') : (label ?? words(by, group))
}

export type BoardColumn = { group: string; label: string }

/** The columns of a board: every value a card could be moved to. */
export const useBoardColumns = (
  by: string,
  found: readonly { group: string | null; label: string | null }[],
): BoardColumn[] => {
  const t = useSay()
  const words = useChoiceWords()
  const fields = useFields()
  const staff = useStaff()
  const teams = useTeams()
  const none = { group: 'none', label: t('group.none') }
  if (by === 'status')
    return statuses
      .filter(status => status !== 'closed' || found.some(one => one.group === status))
      .map(status => ({ group: status, label: t(`status.${status}`) }))
  const people = by === 'assignee' ? staff.filter(one => found.some(group => group.group === String(one.id))) : teams
  if (by === 'assignee' || by === 'team')
    return [none, ...people.map(one => ({ group: String(one.id), label: one.name }))]
  const choices = fields.find(field => field.key === by)?.choices ?? []
  return [
    ...(by.startsWith('custom.') ? [none] : []),
    ...choices
      .filter(choice => by !== 'kind' || found.some(one => one.group === choice))
      .map(choice => ({ group: choice, label: words(by, choice) })),
  ]
}

/** In which column a card stands. */
export const groupOfLine = (by: string, line: CaseLine): string => {
  if (by === 'status') return line.status
  if (by === 'kind') return line.kind
  if (by === 'assignee') return line.assignee ? String(line.assignee.id) : 'none'
  if (by === 'team') return line.team ? String(line.team.id) : 'none'
  const own = line.custom?.[by.slice('custom.'.length)]
  return typeof own === 'string' ? own : 'none'
}

/** What moving a card there changes. */
export const changeTo = (by: string, group: string): Record<string, unknown> => {
  const none = group === 'none'
  if (by === 'status') return { status: group }
  if (by === 'kind') return { kind: group }
  if (by === 'assignee') return { assigneeId: none ? null : Number(group) }
  if (by === 'team') return { teamId: none ? null : Number(group) }
  return { custom: { [by.slice('custom.'.length)]: none ? null : group } }
}
