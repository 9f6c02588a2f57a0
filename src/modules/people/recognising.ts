import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { assertIdentity, type IdentityKind } from './normalising.ts'
import { assertType } from './registering.ts'

export type Known = {
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
  card?: string | undefined
  typeId?: number | undefined
}

/**
 * The person somebody is, by e-mail, card or telephone, in this order; a new one where nobody is known.
 * A telephone that several people share identifies nobody: with a name given, a new person is made.
 * @param source where the address comes from; `verified` only when the channel itself proves it
 * @returns id of the person, and whether they are new
 */
export const recognise = async (
  work: Work,
  who: Known,
  source: string,
  verified = false,
): Promise<{ id: number; created: boolean; internal: boolean }> => {
  const given = (['email', 'card', 'phone'] as const).flatMap(kind => {
    const value = who[kind]
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
  const held = await work.tx
    .selectFrom('identities')
    .select(['kind', 'normal'])
    .where('person_id', '=', personId)
    .execute()
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
    select person.id, coalesce((select internal from customer_types where id = ${typeId}), false) as internal from person`.execute(
    work.tx,
  )
  const made = rows[0] as { id: number; internal: boolean }
  work.record({ type: 'person.added', subject: { kind: 'person', id: made.id }, data: { name } })
  return { ...made, created: true }
}
