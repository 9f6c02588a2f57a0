import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { domainOfAddress, type Joined, recordJoined } from './domains.ts'
import { joinByAddress } from './joining.ts'
import { assertIdentity, type IdentityKind } from './normalising.ts'
import { assertType } from './registering.ts'

export type Known = {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  card?: string | undefined
  /** A number that somebody is a customer by. */
  account?: string | undefined
  /** A chat of Telegram, by its number. */
  telegram?: string | undefined
  typeId?: number | undefined
}

/** What whoever works for a person needs to know at once. */
export type Recognised = {
  id: number
  name: string
  internal: boolean
  vulnerable: boolean
  /** Minutes that the customer type counts for in the queue. */
  typeMinutes: number
  /** The e-mail address to write to, if one is known. */
  address: string | null
  created: boolean
}

/**
 * The person somebody is, by e-mail, card, account or telephone, in this order; a new one where nobody is known.
 * A telephone that several people share identifies nobody: with a name given, a new person is made.
 * @param source where the address comes from; `verified` only when the channel itself proves it
 * @returns the person as far as a new case needs it: in the same round trip, instead of one more for each case and mail
 */
export const recognise = async (work: Work, who: Known, source: string, verified = false): Promise<Recognised> => {
  const given = (['email', 'card', 'account_number', 'telegram', 'phone'] as const).flatMap(kind => {
    const value = kind === 'account_number' ? who.account : who[kind]
    return value ? [{ kind, value: value.trim(), normal: assertIdentity(kind, value, `requester.${kind}`) }] : []
  })
  const known = await findKnown(work, given, who.name)
  if (known) {
    if (verified)
      await work.tx
        .updateTable('identities')
        .set({ verified_at: work.now })
        .where('person_id', '=', known.id)
        .where('verified_at', 'is', null)
        .where('normal', '=', given[0]?.normal ?? '')
        .execute()
    await addMissing(work, known.id, given, source)
    return { ...known, created: false }
  }
  if (who.typeId) await assertType(work, who.typeId)
  const name =
    who.name?.trim() ||
    who.email?.split('@')[0] ||
    who.phone ||
    who.card ||
    (who.account && `Customer ${who.account}`) ||
    'Unknown'
  return insertPerson(work, { name, typeId: who.typeId ?? null, given, source, verified })
}

type Given = { kind: IdentityKind; value: string; normal: string }

type Found = Omit<Recognised, 'created'> & { kind: string; called: string }

const findKnown = async (work: Work, given: Given[], name: string | undefined): Promise<Found | null> => {
  if (given.length === 0) return null
  const { rows } = await sql<Found>`
    select p.id, i.kind, w.name as called, p.name, p.staff_id is not null or coalesce(t.internal, false) as internal, p.vulnerable,
      coalesce(t.urgency_minutes, 0) as "typeMinutes", (select e.value from identities e where e.person_id = p.id and e.kind = 'email'
        order by e.undeliverable_at is not null, e.id limit 1) as address
    from identities i join people w on w.id = i.person_id join people p on p.id = coalesce(w.merged_into, w.id)
    left join customer_types t on t.id = p.type_id
    where (i.kind, i.normal) in (${sql.join(given.map(g => sql`(${g.kind}, ${g.normal})`))})
    order by array_position(array['email', 'card', 'account_number', 'telegram', 'phone'], i.kind)`.execute(work.tx)
  const sure = rows.find(row => row.kind !== 'phone')
  if (sure) return sure
  const byPhone = name ? rows.filter(row => row.called.toLowerCase() === name.trim().toLowerCase()) : rows
  const only = new Set(byPhone.map(row => row.id)).size === 1 ? byPhone[0] : undefined
  return only ?? null
}

const addMissing = async (work: Work, personId: number, given: Given[], source: string): Promise<void> => {
  if (given.length < 2) return
  const held = await work.tx
    .selectFrom('identities')
    .select(['kind', 'normal'])
    .where('person_id', '=', personId)
    .execute()
  const missing = given.filter(g => !held.some(h => h.kind === g.kind && h.normal === g.normal))
  if (missing.length === 0) return
  const added = await work.tx
    .insertInto('identities')
    .values(missing.map(g => ({ person_id: personId, ...g, source, created_at: work.now })))
    .onConflict(conflict => conflict.doNothing())
    .returning(['kind', 'normal'])
    .execute()
  const addresses = added.filter(identity => identity.kind === 'email').map(identity => identity.normal)
  await joinByAddress(work, personId, addresses)
}

type Made = Pick<Recognised, 'id' | 'internal' | 'typeMinutes'> & { joined: Joined[] | null }
type NewPerson = { name: string; typeId: number | null; given: Given[]; source: string; verified: boolean }

/**
 * Person, identities and the organisations of their mail domain in one statement: a new customer costs intake one round
 * trip. Somebody quicker wins.
 */
const insertPerson = async (work: Work, { name, typeId, given, source, verified }: NewPerson): Promise<Recognised> => {
  const list = JSON.stringify(given.map(g => ({ ...g, domain: g.kind === 'email' ? domainOfAddress(g.normal) : null })))
  const { rows } = await sql<Made>`
    with person as (insert into people (name, type_id, created_at) values (${name}, ${typeId}, ${work.now}) returning id),
    added as (
      insert into identities (person_id, kind, value, normal, source, verified_at, created_at)
      select person.id, g.kind, g.value, g.normal, ${source}, ${verified ? work.now : null}, ${work.now}
      from person, json_to_recordset(${list}::json) as g(kind text, value text, normal text)
      on conflict (kind, normal) where kind <> 'phone' and kind <> 'other' do nothing returning kind, normal),
    joining as (select g.id, g.name, a.domain from added join json_to_recordset(${list}::json) as a(kind text, normal text, domain text)
        on a.kind = added.kind and a.normal = added.normal join groups g on g.kind = 'organisation' and g.domains @> array[a.domain]),
    joined as (insert into memberships (person_id, group_id) select person.id, joining.id from person, joining on conflict do nothing)
    select person.id, coalesce(t.internal, false) as internal, coalesce(t.urgency_minutes, 0) as "typeMinutes",
      (select json_agg(json_build_object('groupId', j.id, 'name', j.name, 'domain', j.domain) order by j.id) from joining j) as joined
    from person left join customer_types t on t.id = ${typeId}`.execute(work.tx)
  const { joined, ...made } = rows[0] as Made
  const address = given.find(g => g.kind === 'email')?.value ?? null
  work.record({ type: 'person.added', subject: { kind: 'person', id: made.id }, data: { name } })
  for (const group of joined ?? []) recordJoined(work, made.id, group)
  return { ...made, name, vulnerable: false, address, created: true }
}
