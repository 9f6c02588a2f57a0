import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { openCase, receive } from '../cases/index.ts'
import { holdersOf } from './holding.ts'
import type { CallRow } from './reporting.ts'

const tag = 'call-back'

type Wish = { caseId: number; personId: number | null }

/** The wish to be called back that this caller has open already. */
const openWish = async (work: Work, normal: string): Promise<Wish | null> => {
  const { rows } = await sql<Wish>`select c.id as "caseId", c.requester_id as "personId"
    from telephone_calls k join cases o on o.id = k.case_id join cases c on c.id = coalesce(o.merged_into, o.id)
    where k.caller_normal = ${normal} and ${tag} = any(c.tags) and c.status not in ('solved', 'closed')
    order by k.id desc limit 1`.execute(work.tx)
  return rows[0] ?? null
}

type Settings = { call_back: boolean; team_id: number | null; zone: string; name: string | null }

const settingsFor = async (work: Work, personId: number | null): Promise<Settings> => {
  const { rows } = await sql<Settings>`select s.call_back, t.id as team_id, o.zone,
      (select name from people where id = ${personId}::bigint) as name
    from telephone_settings s left join teams t on t.id = s.team_id and t.ended_at is null, organisation o`.execute(
    work.tx,
  )
  return rows[0] as Settings
}

/**
 * A missed call becomes the wish to be called back: a case that waits, once for each caller while one is open. Somebody
 * who withholds their number cannot be called back. A number that several share stays theirs: the wish stands with the one
 * last heard from and says whose number it is, and nobody is made of the number itself.
 */
export const callBack = async (work: Work, call: CallRow): Promise<Wish | null> => {
  const { caller, caller_normal: normal } = call
  if (!caller || !normal) return null
  const { call_back, team_id, zone, name } = await settingsFor(work, call.person_id)
  if (!call_back) return null
  // Two calls of one caller that end at once must not both find nothing open.
  await sql`select pg_advisory_xact_lock(hashtext(${`call-back ${normal}`}))`.execute(work.tx)
  const at = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: zone }).format(
    work.now,
  )
  const holders = call.person_id ? [] : await holdersOf({ db: work.tx }, normal)
  const known = call.person_id ?? holders[0]?.id
  const open = await openWish(work, normal)
  if (open) {
    await receive(work, open.caseId, {
      channel: 'phone',
      text: `Called again on ${at} from ${caller}. Nobody answered.`,
    })
    return holders.length > 0 ? { ...open, personId: null } : open
  }
  const whose = holders.length > 0 ? ` The number is that of ${holders.map(holder => holder.name).join(', ')}.` : ''
  const made = await openCase(work, {
    subject: `Call back ${name ?? caller}`,
    kind: 'request',
    channel: 'phone',
    requester: known ? { personId: known } : { phone: caller },
    teamId: team_id,
    teamStands: true,
    tags: [tag],
    message: { text: `Called on ${at} from ${caller}. Nobody answered.${whose}`, address: caller },
  })
  return { caseId: made.id, personId: holders.length > 0 ? null : made.requesterId }
}
