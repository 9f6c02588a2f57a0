import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { type Approach, wrongApproach } from '../../shared/approach.ts'
import { joinByAddress } from './joining.ts'
import { assertIdentity, type IdentityKind, normalOf } from './normalising.ts'
import { personById } from './queries.ts'

type About = {
  typeId?: number | null | undefined
  relationship?: 'short' | 'long' | null | undefined
  preferredChannel?: string | null | undefined
  approach?: Approach[] | undefined
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
      approach: about.approach && JSON.stringify(about.approach),
      language: about.language,
      needs: about.needs,
      expectations: about.expectations,
      adjustments: about.adjustments,
      notes: about.notes,
      vulnerable: about.vulnerable,
    }).filter(([, value]) => value !== undefined),
  )

export const assertType = async (work: Work, typeId: number | null | undefined): Promise<void> => {
  if (typeId && !(await work.tx.selectFrom('customer_types').select('id').where('id', '=', typeId).executeTakeFirst()))
    refuseField('typeId', 'There is no such customer type')
}

/** @throws Refusal naming the time that overlaps with another or has no length */
const assertApproach = (approach: readonly Approach[] = []): void => {
  const wrong = wrongApproach(approach)
  if (wrong) refuseField(`approach[${wrong.index}].${wrong.field}`, wrong.why)
}

const insertIdentity = async (
  work: Work,
  personId: number,
  identity: NewIdentity,
  source: string,
  field: string,
): Promise<void> => {
  const normal = assertIdentity(identity.kind, identity.value, field)
  const made = await work.tx
    .insertInto('identities')
    .values({
      person_id: personId,
      kind: identity.kind,
      value: identity.value.trim(),
      normal,
      source,
      created_at: work.now,
    })
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
  throw new Refusal(
    'conflict',
    `This belongs to ${holder?.name ?? 'somebody else'} already.`,
    [{ field, message: 'belongs to somebody else already' }],
    { personId: holder?.id },
  )
}

const setGroups = async (work: Work, personId: number, groupIds: number[]): Promise<void> => {
  const known =
    groupIds.length === 0 ? [] : await work.tx.selectFrom('groups').select('id').where('id', 'in', groupIds).execute()
  if (known.length !== new Set(groupIds).size) refuseField('groupIds', 'One of these does not exist')
  await work.tx.deleteFrom('memberships').where('person_id', '=', personId).execute()
  if (known.length > 0)
    await work.tx
      .insertInto('memberships')
      .values(known.map(group => ({ person_id: personId, group_id: group.id })))
      .execute()
}

const addressesOf = (identities: readonly NewIdentity[]) =>
  identities.filter(identity => identity.kind === 'email').map(identity => identity.value)

/** Adds a person to the register. @throws Refusal when an address belongs to somebody else */
export const addPerson = async (
  work: Work,
  input: About & { name: string; identities: NewIdentity[]; groupIds: number[]; staffId?: number },
) => {
  await assertType(work, input.typeId)
  assertApproach(input.approach)
  const { id } = await work.tx
    .insertInto('people')
    .values({
      name: input.name,
      created_at: work.now,
      ...(input.staffId ? { staff_id: input.staffId } : {}),
      ...columnsOf(input),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [index, identity] of input.identities.entries())
    await insertIdentity(work, id, identity, 'staff', `identities[${index}].value`)
  if (input.groupIds.length > 0) await setGroups(work, id, input.groupIds)
  work.record({ type: 'person.added', subject: { kind: 'person', id }, data: { name: input.name } })
  await joinByAddress(work, id, addressesOf(input.identities))
  return personById({ db: work.tx }, id)
}

/** Changes what is known of a person. @throws Refusal when somebody else changed it since `version` */
export const changePerson = async (
  work: Work,
  input: About & {
    id: number
    name?: string | undefined
    groupIds?: number[] | undefined
    version?: number | undefined
  },
) => {
  const before = await work.tx
    .selectFrom('people')
    .selectAll()
    .where('id', '=', input.id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('person')
  assertFresh(before.version, input.version, 'person')
  await assertType(work, input.typeId)
  assertApproach(input.approach)
  const values: Record<string, unknown> = { ...columnsOf(input), ...(input.name ? { name: input.name } : {}) }
  // The database keeps keys in an order of its own.
  const times = (before.approach as Approach[]).map(({ kind, days, from, to }) => ({ kind, days, from, to }))
  const was = { ...before, approach: JSON.stringify(times) }
  const changed = Object.keys(values).filter(key => values[key] !== was[key as keyof typeof was])
  if (input.groupIds) await setGroups(work, input.id, input.groupIds)
  if (changed.length > 0 || input.groupIds) {
    await work.tx
      .updateTable('people')
      .set({ ...values, version: before.version + 1 })
      .where('id', '=', input.id)
      .execute()
    const fields = [...changed, ...(input.groupIds ? ['groups'] : [])].map(field =>
      field.replace('_id', '').replace('_', ' '),
    )
    work.record({ type: 'person.changed', subject: { kind: 'person', id: input.id }, data: { fields } })
  }
  return personById({ db: work.tx }, input.id)
}

export const addIdentity = async (work: Work, input: NewIdentity & { id: number }) => {
  const person = await personById({ db: work.tx }, input.id)
  await insertIdentity(work, person.id, input, 'staff', 'value')
  work.record({
    type: 'person.identity_added',
    subject: { kind: 'person', id: person.id },
    data: { kind: input.kind, value: input.value },
  })
  await joinByAddress(work, person.id, addressesOf([input]))
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
  work.record({
    type: 'person.identity_removed',
    subject: { kind: 'person', id: input.id },
    data: { kind: gone.kind, value: gone.value },
  })
  return personById({ db: work.tx }, input.id)
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
  for (const row of rows)
    work.record({
      type: 'person.undeliverable',
      subject: { kind: 'person', id: row.person_id },
      data: { value: row.value },
    })
}

/**
 * Puts a member of staff into the register: colleagues are customers of each other. Whoever is known by the same
 * address already is linked instead of made twice.
 */
export const addColleague = async (work: Work, staffId: number): Promise<void> => {
  const staff = await work.tx.selectFrom('staff').select(['name', 'email']).where('id', '=', staffId).executeTakeFirst()
  const there = await work.tx.selectFrom('people').select('id').where('staff_id', '=', staffId).executeTakeFirst()
  if (!staff || there) return
  const type = await work.tx.selectFrom('customer_types').select('id').where('key', '=', 'colleague').executeTakeFirst()
  const known = await work.tx
    .selectFrom('identities')
    .select('person_id')
    .where('kind', '=', 'email')
    .where('normal', '=', normalOf('email', staff.email))
    .executeTakeFirst()
  if (known) {
    await work.tx
      .updateTable('people')
      .set({ staff_id: staffId })
      .where('id', '=', known.person_id)
      .where('staff_id', 'is', null)
      .execute()
    work.record({
      type: 'person.changed',
      subject: { kind: 'person', id: known.person_id },
      data: { fields: ['staff'] },
    })
    return
  }
  await addPerson(work, {
    name: staff.name,
    staffId,
    typeId: type?.id ?? null,
    identities: [{ kind: 'email', value: staff.email }],
    groupIds: [],
  })
}
