import { assertFresh, notFound } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { groupById } from './queries.ts'

type NewGroup = { kind: string; name: string; domains: string[]; membersSeeEachOther: boolean; notes: string }

const plainDomains = (domains: string[]) => [...new Set(domains.map(domain => domain.toLowerCase().replace(/^@/, '')))]

export const addGroup = async (work: Work, input: NewGroup) => {
  const { id } = await work.tx
    .insertInto('groups')
    .values({
      kind: input.kind,
      name: input.name,
      domains: plainDomains(input.domains),
      members_see_each_other: input.membersSeeEachOther,
      notes: input.notes,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'group.added', subject: { kind: 'group', id }, data: { name: input.name } })
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
    domains: input.domains ? plainDomains(input.domains) : before.domains,
    members_see_each_other: input.membersSeeEachOther ?? before.members_see_each_other,
    notes: input.notes ?? before.notes,
  }
  await work.tx
    .updateTable('groups')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  work.record({ type: 'group.changed', subject: { kind: 'group', id: input.id }, data: { name: after.name } })
  return groupById({ db: work.tx }, input.id)
}
