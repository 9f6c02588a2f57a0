import { sql } from 'kysely'
import type * as z from 'zod'
import type { LiveGate } from '../../platform/events/live.ts'
import { type Actor, system } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { assertVisible, visibleSql } from '../cases/index.ts'
import type { Call } from './contract.ts'

type Row = Omit<z.output<typeof Call>, 'startedAt'> & { startedAt: Date }

const longestCallMs = 4 * 3_600_000
const afterEndMs = 15 * 60_000

/**
 * Calls for the one who asks: those that ring for everybody or for their extension, and those they have had and not
 * logged yet.
 */
export const currentCalls = async ({ db, actor, now }: Reading): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select k.id, k.state, k.caller, k.called, k.started_at as "startedAt", coalesce(k.staff_id = ${actor.id}, false) as mine,
      case when p.id is null then null else json_build_object('id', p.id, 'name', p.name, 'typeName', y.name, 'vulnerable', p.vulnerable) end as person,
      coalesce((select json_agg(o) from (select c.id, c.subject, c.status from cases c where c.requester_id = p.id
        and c.status not in ('solved', 'closed') and ${visibleSql(actor)} order by c.last_at desc limit 5) o), '[]') as "openCases",
      coalesce((select json_agg(h) from (select distinct q.id, q.name from identities i join people v on v.id = i.person_id
        join people q on q.id = coalesce(v.merged_into, v.id)
        where i.kind = 'phone' and i.normal = k.caller_normal and q.id is distinct from p.id order by q.id limit 5) h), '[]') as "alsoWith"
    from telephone_calls k left join people w on w.id = k.person_id left join people p on p.id = coalesce(w.merged_into, w.id)
    left join customer_types y on y.id = p.type_id
    where k.started_at > ${new Date(now.getTime() - longestCallMs)} and k.case_id is null
      and (k.staff_id is null or k.staff_id = ${actor.id})
      and (k.state in ('ringing', 'answered') or (k.state = 'ended' and k.staff_id = ${actor.id} and k.ended_at > ${new Date(now.getTime() - afterEndMs)}))
      and not exists (select 1 from telephone_dismissals d where d.call_id = k.id and d.staff_id = ${actor.id})
    order by k.id desc limit 5`.execute(db)
  return rows
}

const assertMine = async (work: Work, id: number): Promise<void> => {
  const call = await work.tx.selectFrom('telephone_calls').select('staff_id').where('id', '=', id).executeTakeFirst()
  if (!call || (call.staff_id !== null && call.staff_id !== work.actor.id)) notFound('call')
}

/** Takes a call off my own screen. */
export const dismissCall = async (work: Work, id: number) => {
  await assertMine(work, id)
  await work.tx
    .insertInto('telephone_dismissals')
    .values({ call_id: id, staff_id: work.actor.id as number })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  return done
}

/** Says which case a call became. */
export const noteLogged = async (work: Work, input: { id: number; caseId: number }) => {
  await assertMine(work, input.id)
  const kase = await assertVisible({ db: work.tx, actor: work.actor }, input.caseId)
  await work.tx
    .updateTable('telephone_calls')
    .set({ case_id: kase.id, staff_id: work.actor.id })
    .where('id', '=', input.id)
    .where('case_id', 'is', null)
    .execute()
  work.record({ type: 'call.logged', subject: { kind: 'call', id: input.id }, data: { caseId: kase.id } })
  return done
}

const mayHear = (actor: Actor): boolean => actor.kind === 'staff' && actor.permissions.has('case.open')

/** A call is told to everybody who logs contacts, or, where it has an extension, to its member of staff. */
export const callGate: LiveGate = async (kernel, ids) => {
  const rows = await kernel.read(system, ({ db }) =>
    db
      .selectFrom('telephone_calls')
      .select(['id', 'staff_id'])
      .where('id', 'in', [...ids])
      .execute(),
  )
  const staffOf = new Map(rows.map(row => [row.id, row.staff_id]))
  return (actor, id) => {
    const staffId = staffOf.get(id)
    return staffId !== undefined && mayHear(actor) && (staffId === null || staffId === actor.id)
  }
}
