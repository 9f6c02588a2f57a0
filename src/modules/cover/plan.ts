import { sql } from 'kysely'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { visibleSql } from '../cases/index.ts'
import type { ItemKind } from './contract.ts'
import { colleaguesOf, coverOf, holdingsOf, referralsWith } from './holding.ts'
import { absenceById } from './queries.ts'
import { spread } from './spreading.ts'

type Handed = {
  handoverId: number
  kind: ItemKind
  id: number
  caseId: number | null
  title: string
  to: { id: number; name: string }
  state: 'given' | 'refused'
  reason: string
}

/** What was handed over and has not come back, as far as one may see it. */
const handedOf = async ({ db, actor }: Reading, absenceId: number): Promise<Handed[]> => {
  const { rows } = await sql<Handed>`select i.handover_id as "handoverId", i.kind, i.subject_id as id, c.id as "caseId",
      case i.kind when 'case' then c.subject when 'booking' then b.title else coalesce(nullif(p.title, ''), c.subject) end as title,
      json_build_object('id', s.id, 'name', s.name) as to, i.state, i.reason
    from handovers h join handover_items i on i.handover_id = h.id join staff s on s.id = i.to_staff_id
      left join promises p on i.kind = 'promise' and p.id = i.subject_id left join bookings b on i.kind = 'booking' and b.id = i.subject_id
      join cases own on own.id = case i.kind when 'case' then i.subject_id when 'booking' then b.case_id else p.subject_id end
      join cases c on c.id = coalesce(own.merged_into, own.id)
    where h.absence_id = ${absenceId} and h.returned_at is null and i.state in ('given', 'refused') and ${visibleSql(actor)}
    order by i.state desc, i.handover_id desc, i.kind, i.subject_id limit 1500`.execute(db)
  return rows
}

/** What somebody who is away holds and who would best take it on. Somebody else's absence needs cover.edit. */
export const planOf = async (reading: Reading, id: number) => {
  const absence = await absenceById(reading, id)
  if (absence.staff.id !== reading.actor.id && !reading.actor.permissions.has('cover.edit')) return notFound('absence')
  const whose = { staffId: absence.staff.id, from: absence.startsAt, until: absence.endsAt }
  const held = await holdingsOf(reading, whose)
  const colleagues = await colleaguesOf(reading, whose)
  const begins = new Date(Math.max(absence.startsAt.getTime(), reading.now.getTime()))
  const matters = held.map(one => ({
    ...one,
    span: one.endsAt && one.dueAt ? { from: one.dueAt, to: one.endsAt } : null,
  }))
  const choices = spread(matters, colleagues, await coverOf(reading, absence.cover?.id ?? null, begins))
  return {
    absence,
    items: held.map(({ teamId: _team, topicId: _topic, confidential: _confidential, endsAt: _ends, ...one }) => ({
      ...one,
      late: one.dueAt !== null && one.dueAt < reading.now,
      ...(choices.get(`${one.kind} ${one.id}`) ?? { toStaffId: null, why: [] }),
    })),
    colleagues: colleagues.map(
      ({ topics: _topics, busy: _busy, runsTheDay: _runs, seesConfidential: _sees, teamIds, ...one }) => ({
        ...one,
        teamIds: [...teamIds],
      }),
    ),
    referrals: await referralsWith(reading, whose.staffId),
    handed: await handedOf(reading, id),
  }
}
