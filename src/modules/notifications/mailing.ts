import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { sendLetter } from '../channels/index.ts'
import { type Reason, usual, type Way } from './contract.ts'
import { quietUntil } from './quiet.ts'

type Unread = { id: number; reason: Reason; caseId: number | null; by: string }
type Staff = {
  name: string
  email: string
  zone: string
  organisation: string
  reasons: Partial<Record<Reason, Way>> | null
  from: string | null
  to: string | null
}

const words: Record<Reason, (by: string) => string> = {
  assigned: by => `${by} gave you a case`,
  mentioned: by => `${by} mentioned you`,
  reply_planned: by => `${by} wrote while your planned reply waits: see whether it still fits`,
  customer_wrote: by => `${by} wrote`,
  referral_answered: () => 'What was asked of somebody outside is answered',
  colleague_noted: by => `${by} left a note`,
  need_not_met: () => 'A customer says the need was not met',
  woken: () => 'A case is back in the queue',
  delivery_failed: () => 'An answer could not be delivered',
  promise_soon: () => 'Something you promised is soon due',
  promise_missed: () => 'A promise to a customer was missed',
  to_read: by => `${by} asks you to read a code of practice`,
  to_review: () => 'Something you answer for is to be looked through',
  to_approve: by => `${by} needs your approval for something they ask for`,
  wish_decided: by => `${by} decided about something you asked for`,
  bulk_done: () => 'A change of many cases is finished',
  rule_stopped: () => 'A rule of yours was switched off because it failed again and again',
}

const staffById = async (work: Work, staffId: number): Promise<Staff | null> => {
  const { rows } =
    await sql<Staff>`select s.name, s.email, o.zone, o.name as organisation, n.reasons, n.quiet_from as "from", n.quiet_to as "to"
    from staff s left join notification_settings n on n.staff_id = s.id, organisation o where s.id = ${staffId} and s.ended_at is null`.execute(
      work.tx,
    )
  return rows[0] ?? null
}

/** How many lines one mail has at most. */
const most = 30

/**
 * One mail of all that somebody wants by mail and has not read since. It says who and where, never what: a mailbox is
 * not the place for what may be confidential. In quiet hours it waits for their end.
 */
export const mailUnread = async (work: Work, staffId: number, caseAddress: (id: number) => string): Promise<void> => {
  const staff = await staffById(work, staffId)
  if (!staff) return
  const until = quietUntil(staff, work.now)
  if (until) {
    work.enqueue({ name: 'notifications:mail', payload: { staffId }, key: `notify:${staffId}`, at: until })
    return
  }
  const { rows } = await sql<Unread>`update notifications set mailed_at = ${work.now} where id in (
      select id from notifications where staff_id = ${staffId} and read_at is null and mailed_at is null order by id desc limit 200)
    returning id, reason, case_id as "caseId", by_name as by`.execute(work.tx)
  const wanted = rows
    .filter(row => (staff.reasons?.[row.reason] ?? usual[row.reason]) === 'mail')
    .sort((a, b) => a.id - b.id)
  const first = wanted[0]
  if (!first) return
  const line = (one: Unread) =>
    `${words[one.reason](one.by)}${one.caseId ? ` in case ${one.caseId}:\n${caseAddress(one.caseId)}` : '.'}`
  const more = wanted.length > most ? `\n\nand ${wanted.length - most} more.` : ''
  sendLetter(work, {
    kind: 'notification',
    to: { name: staff.name, address: staff.email },
    subject:
      wanted.length === 1
        ? `${words[first.reason](first.by)}${first.caseId ? ` in case ${first.caseId}` : ''}`
        : `${wanted.length} things that concern you`,
    text: `Hello ${staff.name},\n\n${wanted.slice(0, most).map(line).join('\n\n')}${more}\n\n${staff.organisation}`,
  })
}
