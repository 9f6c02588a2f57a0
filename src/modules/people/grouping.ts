import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { plainDomains } from './domains.ts'
import { groupById } from './queries.ts'

type NewGroup = { kind: string; name: string; domains: string[]; membersSeeEachOther: boolean; notes: string }

/** Departments and households are joined by hand: a domain would do nothing. */
const assertMayHave = (kind: string, added: readonly string[]): void => {
  if (kind !== 'organisation' && added.length > 0) refuseField('domains', 'Only an organisation has mail domains')
}

/** Domains that are new to an organisation: whoever has an address there is looked for in the background. */
const given = (added: readonly string[]) => (added.length > 0 ? { domains: added } : {})

/**
 * Adds a group. People with an address of an organisation's mail domain join it by themselves.
 * @throws Refusal naming a domain that is none, or that everybody can have
 */
export const addGroup = async (work: Work, input: NewGroup) => {
  const domains = plainDomains(input.domains)
  assertMayHave(input.kind, domains)
  const { id } = await work.tx
    .insertInto('groups')
    .values({
      kind: input.kind,
      name: input.name,
      domains,
      members_see_each_other: input.membersSeeEachOther,
      notes: input.notes,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'group.added', subject: { kind: 'group', id }, data: { name: input.name, ...given(domains) } })
  return groupById({ db: work.tx }, id)
}

type GroupChange = {
  id: number
  name?: string | undefined
  domains?: string[] | undefined
  membersSeeEachOther?: boolean | undefined
  notes?: string | undefined
  version?: number | undefined
}

/** Changes a group. @throws Refusal naming a new domain that is none, or that everybody can have */
export const changeGroup = async (work: Work, input: GroupChange) => {
  const before = await work.tx
    .selectFrom('groups')
    .selectAll()
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('group')
  assertFresh(before.version, input.version, 'record')
  const after = {
    name: input.name ?? before.name,
    domains: input.domains ? plainDomains(input.domains, before.domains) : before.domains,
    members_see_each_other: input.membersSeeEachOther ?? before.members_see_each_other,
    notes: input.notes ?? before.notes,
  }
  const added = after.domains.filter(domain => !before.domains.includes(domain))
  assertMayHave(before.kind, added)
  await work.tx
    .updateTable('groups')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  const data = { name: after.name, ...given(added) }
  work.record({ type: 'group.changed', subject: { kind: 'group', id: input.id }, data })
  return groupById({ db: work.tx }, input.id)
}
