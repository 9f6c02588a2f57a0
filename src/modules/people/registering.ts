import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { assertIdentity, type IdentityKind, normalOf } from './normalising.ts'
import { personById } from './queries.ts'

type About = {
  typeId?: number | null | undefined
  relationship?: 'short' | 'long' | null | undefined
  preferredChannel?: string | null | undefined
  language?: string | null | undefined
  needs?: string | undefined
  expectations?: string | undefined
  adjustments?: string | undefined
  notes?: string | undefined
  vulnerable?: boolean | undefined
}
type NewIdentity = { kind: IdentityKind; value: string }

const columnsOf = (about: About) =>
  Object.fromEntries(
    Object.entries({
      type_id: about.typeId,
      relationship: about.relationship,
      preferred_channel: about.preferredChannel,
      language: about.language,
      needs: about.needs,
      expectations: about.expectations,
      adjustments: about.adjustments,
      notes: about.notes,
      vulnerable: about.vulnerable,
    }).filter(([, value]) => value !== undefined),
  )

const assertType = async (work: Work, typeId: number | null | undefined): Promise<void> => {
  if (typeId && !(await work.tx.selectFrom('customer_types').select('id').where('id', '=', typeId).executeTakeFirst()))
    refuseField('typeId', 'There is no such customer type')
}

const insertIdentity = async (work: Work, personId: number, identity: NewIdentity, source: string, field: string): Promise<void> => {
  const normal = assertIdentity(identity.kind, identity.value, field)
  const made = await work.tx
    .insertInto('identities')
    .values({ person_id: personId, kind: identity.kind, value: identity.value.trim(), normal, source, created_at: work.now })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (made) return
  const holder = await work.tx
    .selectFrom('identities as i')
    .innerJoin('people as p', 'p.id', 'i.person_id')
    .select(['p.id', 'p.name'])
    .where('i.kind', '=', identity.kind)
    .where('i.normal', '=', normal)
    .executeTakeFirst()
  throw new Refusal('conflict', `This belongs to ${holder?.name ?? 'somebody else'} already.`, [{ field, message: 'belongs to somebody else already' }], { personId: holder?.id })
}

const setGroups = async (work: Work, personId: number, groupIds: number[]): Promise<void> => {
  const known = groupIds.length === 0 ? [] : await work.tx.selectFrom('groups').select('id').where('id', 'in', groupIds).execute()
  if (known.length !== new Set(groupIds).size) refuseField('groupIds', 'One of these does not exist')
  await work.tx.deleteFrom('memberships').where('person_id', '=', personId).execute()
  if (known.length > 0) await work.tx.insertInto('memberships').values(known.map(group => ({ person_id: personId, group_id: group.id }))).execute()
}

/** Adds a person to the register. @throws Refusal when an address belongs to somebody else */
export const addPerson = async (work: Work, input: About & { name: string; identities: NewIdentity[]; groupIds: number[]; staffId?: number }) => {
  await assertType(work, input.typeId)
  const { id } = await work.tx
    .insertInto('people')
    .values({ name: input.name, created_at: work.now, ...(input.staffId ? { staff_id: input.staffId } : {}), ...columnsOf(input) })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [index, identity] of input.identities.entries()) await insertIdentity(work, id, identity, 'staff', `identities[${index}].value`)
  if (input.groupIds.length > 0) await setGroups(work, id, input.groupIds)
  work.record({ type: 'person.added', subject: { kind: 'person', id }, data: { name: input.name } })
  return personById({ db: work.tx }, id)
}

/** Changes what is known of a person. @throws Refusal when somebody else changed it since `version` */
export const changePerson = async (work: Work, input: About & { id: number; name?: string | undefined; groupIds?: number[] | undefined; version?: number | undefined }) => {
  const before = await work.tx.selectFrom('people').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) return notFound('person')
  if (input.version !== undefined && input.version !== before.version) throw new Refusal('stale', 'Somebody changed this person meanwhile.')
  await assertType(work, input.typeId)
  const values: Record<string, unknown> = { ...columnsOf(input), ...(input.name ? { name: input.name } : {}) }
  const changed = Object.keys(values).filter(key => values[key] !== before[key as keyof typeof before])
  if (input.groupIds) await setGroups(work, input.id, input.groupIds)
  if (changed.length > 0 || input.groupIds) {
    await work.tx.updateTable('people').set({ ...values, version: before.version + 1 }).where('id', '=', input.id).execute()
    const fields = [...changed, ...(input.groupIds ? ['groups'] : [])].map(field => field.replace('_id', '').replace('_', ' '))
    work.record({ type: 'person.changed', subject: { kind: 'person', id: input.id }, data: { fields } })
  }
  return personById({ db: work.tx }, input.id)
}

export const addIdentity = async (work: Work, input: NewIdentity & { id: number }) => {
  const person = await personById({ db: work.tx }, input.id)
  await insertIdentity(work, person.id, input, 'staff', 'value')
  work.record({ type: 'person.identity_added', subject: { kind: 'person', id: person.id }, data: { kind: input.kind, value: input.value } })
  return personById({ db: work.tx }, person.id)
}

export const removeIdentity = async (work: Work, input: { id: number; identityId: number }) => {
  const gone = await work.tx
    .deleteFrom('identities')
    .where('id', '=', input.identityId)
    .where('person_id', '=', input.id)
    .returning(['kind', 'value'])
    .executeTakeFirst()
  if (!gone) return notFound('identity')
  work.record({ type: 'person.identity_removed', subject: { kind: 'person', id: input.id }, data: { kind: gone.kind, value: gone.value } })
  return personById({ db: work.tx }, input.id)
}

export type Known = { name?: string | undefined; email?: string | undefined; phone?: string | undefined; card?: string | undefined; typeId?: number | undefined }

/**
 * The person somebody is, by e-mail, card or telephone, in this order; a new one where nobody is known.
 * A telephone that several people share identifies nobody: with a name given, a new person is made.
 * @param source where the address comes from; `verified` only when the channel itself proves it
 * @returns id of the person, and whether they are new
 */
export const recognise = async (work: Work, who: Known, source: string, verified = false): Promise<{ id: number; created: boolean; internal: boolean }> => {
  const given = (['email', 'card', 'phone'] as const).flatMap(kind => {
    const value = who[kind]
    return value ? [{ kind, value: value.trim(), normal: assertIdentity(kind, value, `requester.${kind}`) }] : []
  })
  const known = await findKnown(work, given, who.name)
  if (known) {
    if (verified) await work.tx.updateTable('identities').set({ verified_at: work.now }).where('person_id', '=', known.id).where('verified_at', 'is', null).where('normal', '=', given[0]?.normal ?? '').execute()
    await addMissing(work, known.id, given, source)
    return { ...known, created: false }
  }
  if (who.typeId) await assertType(work, who.typeId)
  const name = who.name?.trim() || who.email?.split('@')[0] || who.phone || who.card || 'Unknown'
  return insertPerson(work, { name, typeId: who.typeId ?? null, given, source, verified })
}

type Given = { kind: IdentityKind; value: string; normal: string }

const findKnown = async (work: Work, given: Given[], name: string | undefined) => {
  if (given.length === 0) return null
  const { rows } = await sql<{ id: number; kind: string; name: string; internal: boolean }>`
    select coalesce(p.merged_into, p.id) as id, i.kind, p.name, p.staff_id is not null or coalesce(t.internal, false) as internal
    from identities i join people p on p.id = i.person_id left join customer_types t on t.id = p.type_id
    where (i.kind, i.normal) in (${sql.join(given.map(g => sql`(${g.kind}, ${g.normal})`))})
    order by array_position(array['email', 'card', 'phone'], i.kind)`.execute(work.tx)
  const sure = rows.find(row => row.kind !== 'phone')
  if (sure) return { id: sure.id, internal: sure.internal }
  const byPhone = name ? rows.filter(row => row.name.toLowerCase() === name.trim().toLowerCase()) : rows
  const only = new Set(byPhone.map(row => row.id)).size === 1 ? byPhone[0] : undefined
  return only ? { id: only.id, internal: only.internal } : null
}

const addMissing = async (work: Work, personId: number, given: Given[], source: string): Promise<void> => {
  if (given.length < 2) return
  const held = await work.tx.selectFrom('identities').select(['kind', 'normal']).where('person_id', '=', personId).execute()
  const missing = given.filter(g => !held.some(h => h.kind === g.kind && h.normal === g.normal))
  if (missing.length === 0) return
  await work.tx
    .insertInto('identities')
    .values(missing.map(g => ({ person_id: personId, ...g, source, created_at: work.now })))
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

type NewPerson = { name: string; typeId: number | null; given: Given[]; source: string; verified: boolean }

/** Person and identities in one statement: a new customer costs intake one round trip. Somebody quicker wins. */
const insertPerson = async (work: Work, { name, typeId, given, source, verified }: NewPerson) => {
  const list = JSON.stringify(given)
  const { rows } = await sql<{ id: number; internal: boolean }>`
    with person as (insert into people (name, type_id, created_at) values (${name}, ${typeId}, ${work.now}) returning id),
    added as (
      insert into identities (person_id, kind, value, normal, source, verified_at, created_at)
      select person.id, g.kind, g.value, g.normal, ${source}, ${verified ? work.now : null}, ${work.now}
      from person, json_to_recordset(${list}::json) as g(kind text, value text, normal text)
      on conflict (kind, normal) where kind <> 'phone' and kind <> 'other' do nothing)
    select person.id, coalesce((select internal from customer_types where id = ${typeId}), false) as internal from person`.execute(work.tx)
  const made = rows[0] as { id: number; internal: boolean }
  work.record({ type: 'person.added', subject: { kind: 'person', id: made.id }, data: { name } })
  return { ...made, created: true }
}

/** A mail to this address came back for good. */
export const markUndeliverable = async (work: Work, address: string, reason: string): Promise<void> => {
  const rows = await work.tx
    .updateTable('identities')
    .set({ undeliverable_at: work.now, undeliverable_reason: reason.slice(0, 500) })
    .where('kind', '=', 'email')
    .where('normal', '=', normalOf('email', address))
    .returning(['person_id', 'value'])
    .execute()
  for (const row of rows) work.record({ type: 'person.undeliverable', subject: { kind: 'person', id: row.person_id }, data: { value: row.value } })
}
