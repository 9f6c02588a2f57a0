import { sql } from 'kysely'
import { type Actor, anonymous } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { addColleague } from '../people/index.ts'

/**
 * Somebody from outside who has shown who they are: by a code, or by the link to one case. Who only began a conversation
 * on a website has shown nothing, so they see that conversation and no other of the case.
 */
export type Visitor = { personId: number; name: string; onlyCase: number | null; onlyConversation?: number }

/** A customer as whoever acts: no permission of staff, and what they may see is asked for each case. */
export const asCustomer = (visitor: Pick<Visitor, 'personId' | 'name'>): Actor => ({
  ...anonymous,
  kind: 'customer',
  id: visitor.personId,
  name: visitor.name,
})

/** The one somebody is today, after people were merged. */
export const visitorById = async (
  { db }: Pick<Reading, 'db'>,
  personId: number,
  onlyCase: number | null,
): Promise<Visitor | null> => {
  const { rows } = await sql<{ id: number; name: string }>`select p.id, p.name from people w
    join people p on p.id = coalesce(w.merged_into, w.id) where w.id = ${personId}`.execute(db)
  return rows[0] ? { personId: rows[0].id, name: rows[0].name, onlyCase } : null
}

const colleague = (work: Work) =>
  work.tx.selectFrom('people').select(['id', 'name']).where('staff_id', '=', work.actor.id).executeTakeFirst()

/** A member of staff is a customer of other departments: the same register, the same view of a case. */
export const visitorOfStaff = async (work: Work): Promise<Visitor> => {
  let person = await colleague(work)
  if (!person && work.actor.id !== null) {
    // Entering a new colleague into the register is a job, which may not have run yet.
    await addColleague(work, work.actor.id)
    person = await colleague(work)
  }
  return person ? { personId: person.id, name: person.name, onlyCase: null } : notFound('person')
}
