import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { normalOf } from './normalising.ts'

/**
 * Adds the customers behind account numbers that nobody has yet. They have no name but their number until somebody
 * learns it.
 * @returns the people that were added
 */
export const addAccounts = async (work: Work, accounts: readonly string[], source: string): Promise<number[]> => {
  const given = accounts.map(value => ({ value, normal: normalOf('account_number', value) }))
  const { rows } = await sql<{ id: number; name: string }>`with given as (
      select distinct on (normal) value, normal from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(value text, normal text)
      where normal <> '' and not exists (select 1 from identities i where i.kind = 'account_number' and i.normal = g.normal)),
    numbered as (select *, nextval(pg_get_serial_sequence('people', 'id')) as id from given),
    added as (insert into people (id, name, created_at) overriding system value
      select id, 'Customer ' || value, ${work.now}::timestamptz from numbered returning id, name),
    known as (insert into identities (person_id, kind, value, normal, source, created_at)
      select n.id, 'account_number', n.value, n.normal, ${source}, ${work.now}::timestamptz from numbered n join added a on a.id = n.id)
    select id, name from added order by id`.execute(work.tx)
  for (const { id, name } of rows)
    work.record({ type: 'person.added', subject: { kind: 'person', id }, data: { name } })
  return rows.map(row => row.id)
}

/**
 * Takes people out of the register again who were added by mistake: those of whom nothing else is known yet.
 * @returns how many
 */
export const removeUnused = async (work: Work, ids: readonly number[]): Promise<number> => {
  const { rows } = await sql<{
    id: number
  }>`select id from remove_unused_people(${[...ids]}::bigint[]) as r(id)`.execute(work.tx)
  for (const { id } of rows) work.record({ type: 'person.removed', subject: { kind: 'person', id } })
  return rows.length
}
