import type { RawBuilder } from 'kysely'
import { compile, toSql } from '../../platform/conditions/index.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import type { Condition } from '../../shared/condition.ts'
import { caseFields } from './fields.ts'

const everything: Condition = { all: [] }
const nothing: Condition = { any: [] }

const ownTeams = (actor: Actor): Condition => ({ field: 'team', op: 'one_of', value: actor.teams.slice(0, 100) })

const reach = (actor: Actor): Condition => {
  if (actor.visibility === 'all') return everything
  if (actor.visibility === 'team') return { any: [ownTeams(actor), { field: 'team', op: 'absent' }] }
  return nothing
}

/**
 * Which cases somebody may see: in every list, count, search, export and live event, and by the one loader. One's own
 * cases and those one was given; ordinary ones within the reach of the role; confidential ones only of the own teams
 * and with the permission for them.
 */
export const visible = (actor: Actor): Condition => ({ all: [notMerged, notAbout(actor), withinReach(actor)] })

/** What is about somebody is theirs to see in no way: not assigned, not as a manager, not as an administrator. */
const notAbout = (actor: Actor): Condition =>
  actor.kind === 'staff' && actor.id !== null
    ? { not: { field: 'hiddenFrom', op: 'has_any', value: [String(actor.id)] } }
    : everything

/** What was merged is seen where it went. */
const notMerged: Condition = { field: 'mergedInto', op: 'absent' }

const withinReach = (actor: Actor): Condition => {
  if (actor.kind === 'system') return everything
  if (actor.kind !== 'staff' || actor.id === null || !actor.permissions.has('case.read') || actor.visibility === 'none')
    return nothing
  const confidential: Condition = { field: 'confidential', op: 'is', value: true }
  return {
    any: [
      { field: 'assignee', op: 'is', value: actor.id },
      { field: 'sharedWith', op: 'has_any', value: [String(actor.id)] },
      { all: [{ not: confidential }, reach(actor)] },
      actor.permissions.has('case.confidential') ? { all: [confidential, ownTeams(actor)] } : nothing,
    ],
  }
}

/** The same as SQL over `cases c`. Nobody sees every confidential case, not even an administrator. */
export const visibleSql = (actor: Actor): RawBuilder<boolean> => toSql(caseFields, visible(actor))

/** The same in memory, over a row as `columns(caseFields)` selects it. */
export const visibleTo = (actor: Actor) => compile(caseFields, visible(actor))

export type Ability = 'reply' | 'note' | 'change' | 'assign' | 'mark_confidential' | 'merge'

/** What somebody who sees a case may do with it; the same answer drives the buttons. */
export const abilities = (actor: Actor): Ability[] => {
  const may = (permission: string) => actor.kind === 'system' || actor.permissions.has(permission)
  return [
    ...(may('case.handle') ? (['reply', 'note', 'change'] as const) : []),
    ...(may('case.assign') ? (['assign'] as const) : []),
    ...(may('case.merge') ? (['merge'] as const) : []),
    ...(may('case.confidential') ? (['mark_confidential'] as const) : []),
  ]
}
