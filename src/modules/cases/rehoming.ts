import { sql } from 'kysely'
import { moveDocuments } from '../../platform/search/changing.ts'
import type { Work } from '../../platform/work.ts'
import { isOpen } from './loading.ts'
import { urgentFrom } from './urgency.ts'

type Moved = { kind: 'message' | 'file'; id: number; scopeId: number }

/**
 * Brings the conversations that began in these cases to where the cases are today, with messages, files and search
 * words. Because a conversation never forgets where it began, it does not matter in which order merges were made or
 * taken back.
 */
export const rehome = async (work: Work, caseIds: readonly number[]): Promise<void> => {
  const ids = sql`${[...caseIds]}::bigint[]`
  const { rows } = await sql<Moved>`
    with moved as (
      update conversations v set home_case_id = coalesce(v.home_case_id, v.case_id), case_id = coalesce(k.merged_into, k.id)
      from cases k
      where k.id = coalesce(v.home_case_id, v.case_id) and (v.home_case_id = any(${ids}) or (v.home_case_id is null and v.case_id = any(${ids})))
        and v.case_id <> coalesce(k.merged_into, k.id)
      returning v.id, v.case_id),
    said as (update messages m set case_id = moved.case_id from moved where m.conversation_id = moved.id returning m.id, m.case_id),
    files as (update attachments a set case_id = said.case_id from said where a.message_id = said.id returning a.id, a.case_id)
    select 'message' as kind, id, case_id as "scopeId" from said union all select 'file', id, case_id from files`.execute(
    work.tx,
  )
  for (const kind of ['message', 'file'] as const) {
    const moved = rows.filter(row => row.kind === kind)
    await moveDocuments(work, kind, moved)
  }
}

type Counted = {
  id: number
  status: string
  waiting_since: Date | null
  severity: number
  kind: string
  vulnerable: boolean
  typeMinutes: number
  dueAt: Date | null
  unanswered: Date | null
}

/**
 * Works out again what a case says about its messages: how many, the last one, and since when somebody waits.
 * @param waiting what is known of that: `since` is the answer; `otherwise` holds where no message is unanswered, for
 *   somebody can also wait because of what they said in a closing check
 */
export const recount = async (
  work: Work,
  caseId: number,
  waiting: { since: Date | null } | { otherwise: Date | null },
): Promise<void> => {
  const { rows } = await sql<Counted>`
    with last as (select id, at from messages where case_id = ${caseId} order by id desc limit 1),
    said as (select text from messages where case_id = ${caseId} and direction <> 'note' order by id desc limit 1)
    update cases c set message_count = (select count(*) from messages where case_id = c.id), last_message_id = (select id from last),
      last_at = coalesce((select at from last), c.last_at), version = c.version + 1,
      preview = coalesce((select left(btrim(regexp_replace(text, '\\s+', ' ', 'g')), 160) from said), c.preview)
    from people p left join customer_types y on y.id = p.type_id
    where c.id = ${caseId} and p.id = c.requester_id
    returning c.id, c.status, c.waiting_since, c.severity, c.kind, p.vulnerable, coalesce(y.urgency_minutes, 0) as "typeMinutes", c.due_at as "dueAt",
      (select min(m.at) from messages m where m.case_id = c.id and m.direction = 'in' and not m.automatic and m.id > coalesce(
        (select max(o.id) from messages o where o.case_id = c.id and o.direction = 'out' and o.delivery is distinct from 'cancelled'), 0)) as unanswered`.execute(
    work.tx,
  )
  const kase = rows[0]
  if (!kase) return
  const waits = isOpen(kase.status) && kase.status !== 'waiting_customer'
  const since = 'since' in waiting ? waiting.since : (kase.unanswered ?? waiting.otherwise)
  const waitingSince = waits ? since : null
  await work.tx
    .updateTable('cases')
    .set({ waiting_since: waitingSince, urgent_from: urgentFrom({ ...kase, waitingSince }) })
    .where('id', '=', caseId)
    .execute()
}
