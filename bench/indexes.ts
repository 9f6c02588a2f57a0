import type pg from 'pg'

type Index = { name: string; definition: string }

/** The tables that grow with the number of cases. */
const filled =
  "'{cases,conversations,participants,messages,search_documents,events,people,identities,promises,promise_facts}'::text[]"

/** The one that filling itself asks: without it each lot reads the promises of all before it. */
const asked = 'promises_by_subject'

/** Drops the indexes of the tables that are filled, but for keys and what filling asks. @returns how to make them again */
export const aside = async (client: pg.ClientBase): Promise<Index[]> => {
  const { rows } = await client.query<Index>(`
    select c.relname as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    where t.relname = any(${filled}) and t.relnamespace = 'public'::regnamespace and c.relname <> '${asked}'
      and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
    order by pg_relation_size(t.oid) desc, c.relname`)
  for (const { name } of rows) await client.query(`drop index public."${name}"`)
  return rows
}

/** Makes the indexes again, as many at a time as there are connections. Those of full text, which take longest, come first. */
export const putBack = async (
  clients: readonly pg.ClientBase[],
  indexes: readonly Index[],
  say: (line: string) => void,
): Promise<void> => {
  const began = performance.now()
  const left = indexes.toSorted((a, b) => Number(b.definition.includes('gin')) - Number(a.definition.includes('gin')))
  const make = async (client: pg.ClientBase): Promise<void> => {
    for (let index = left.shift(); index; index = left.shift()) {
      await client.query(index.definition)
      say(`${index.name}, ${Math.round((performance.now() - began) / 1000)} s`)
    }
  }
  await Promise.all(clients.map(make))
}
