import { notFound, Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { deciderFor } from '../authority/index.ts'
import { openCase, refreshDue } from '../cases/index.ts'
import { asCustomer, visitorOfStaff } from '../portal/index.ts'
import { makePromise } from '../promises/index.ts'
import { type Answer, answersOf } from './answers.ts'
import type { OfferField } from './contract.ts'
import { requestById } from './queries.ts'

export const meOf = ({ actor }: Work): number => {
  if (actor.kind === 'staff' && actor.id !== null) return actor.id
  throw new Refusal('forbidden', 'Only a member of staff can ask a department for something.')
}

/** Whoever the colleague answers to and is here; where nobody is set, a line manager. */
export const approverOf = async (work: Work, makerId: number) => {
  const reading = { db: work.tx, now: work.now }
  const found = await deciderFor(reading, { makerId })
  if (found.decider) return found
  const role = await work.tx.selectFrom('roles').select('id').where('key', '=', 'line_manager').executeTakeFirst()
  return role ? deciderFor(reading, { makerId, roleId: role.id }) : found
}

type Offered = { id: number; name: string; team_id: number; target_minutes: number | null }

const wordsOf = (answers: readonly Answer[], note: string): string =>
  [answers.map(({ label, value }) => `${label}: ${value}`).join('\n'), note.trim()].filter(Boolean).join('\n\n')

/** The request reaches the department as a case of its customer, the colleague; from now on its time counts. */
export const send = async (
  work: Work,
  offer: Offered,
  requestedBy: number,
  answers: readonly Answer[],
  note: string,
) => {
  const visitor = await visitorOfStaff({ ...work, actor: { ...work.actor, id: requestedBy } })
  const made = await openCase(
    { ...work, actor: asCustomer(visitor) },
    {
      subject: offer.name,
      kind: 'request',
      channel: 'portal',
      requester: { personId: visitor.personId },
      message: { text: wordsOf(answers, note) || offer.name },
      teamId: offer.team_id,
    },
  )
  const promiseId = offer.target_minutes === null ? null : await promise(work, offer, made.id, visitor, requestedBy)
  return { caseId: made.id, promiseId }
}

const promise = async (work: Work, offer: Offered, caseId: number, visitor: { personId: number }, staffId: number) => {
  const team = await work.tx
    .selectFrom('teams')
    .select('calendar_id')
    .where('id', '=', offer.team_id)
    .executeTakeFirst()
  const id = await makePromise(work, {
    kind: 'answer_colleague',
    subject: { kind: 'case', id: caseId },
    title: offer.name,
    toPersonId: visitor.personId,
    toStaffId: staffId,
    byTeamId: offer.team_id,
    calendarId: team?.calendar_id ?? null,
    withinMinutes: offer.target_minutes as number,
  })
  await refreshDue(work, [caseId])
  return id
}

type Asking = { id: number; answers: Record<string, string | number | boolean | null>; note: string }

/**
 * Asks a department for something it offers. Where it needs approval the line manager is asked first; the department
 * sees it once it is approved.
 * @throws Refusal naming `answers.<key>`; `conflict` where nobody could approve it
 */
export const ask = async (work: Work, input: Asking) => {
  const me = meOf(work)
  const offer = await work.tx
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', input.id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!offer) return notFound('offer')
  const answers = answersOf(offer.fields as OfferField[], input.answers)
  const found = offer.needs_approval ? await approverOf(work, me) : null
  if (found && !found.decider)
    throw new Refusal('conflict', 'Nobody is there who could approve this. Ask for a line manager to be set for you.')
  const sent = found ? null : await send(work, offer, me, answers, input.note)
  const { id } = await work.tx
    .insertInto('offer_requests')
    .values({
      offer_id: offer.id,
      requested_by: me,
      requested_at: work.now,
      answers: JSON.stringify(answers),
      note: input.note,
      state: found ? 'waiting' : 'sent',
      approver_id: found?.decider?.id ?? null,
      trail: JSON.stringify(found?.trail ?? []),
      case_id: sent?.caseId ?? null,
      promise_id: sent?.promiseId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({
    type: found ? 'offer.approval_asked' : 'offer.asked',
    subject: { kind: 'offer', id: offer.id },
    data: {
      requestId: id,
      name: offer.name,
      ...(found?.decider ? { to: found.decider.name, approverId: found.decider.id } : {}),
    },
  })
  return requestById({ db: work.tx, actor: work.actor }, id)
}
