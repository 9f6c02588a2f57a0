import { sql } from 'kysely'
import type { Reading } from '../../platform/work.ts'

export type Holder = { id: number; name: string }

/** Everybody with a number, which a household or an office shares; whoever was last heard from comes first. */
export const holdersOf = async ({ db }: Pick<Reading, 'db'>, normal: string): Promise<Holder[]> => {
  const { rows } = await sql<Holder>`select p.id, p.name from people p
    where p.id in (select coalesce(w.merged_into, w.id) from identities i join people w on w.id = i.person_id
      where i.kind = 'phone' and i.normal = ${normal})
    order by (select max(c.last_at) from cases c where c.requester_id = p.id) desc nulls last, p.id limit 6`.execute(db)
  return rows
}
