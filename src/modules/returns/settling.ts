import { sql } from 'kysely'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { money } from '../../shared/money.ts'
import { decideAlone } from '../authority/index.ts'
import { assertVisible, changeCase, openCase, write } from '../cases/index.ts'
import { lockLine } from '../purchases/index.ts'
import { refer } from '../referrals/index.ts'
import { assessLine, factsFor, type Ground, groundOf } from './assessing.ts'
import { type Chosen, choose } from './choosing.ts'
import type { Assessment, Return, Settled } from './contract.ts'
import { assertComing, type Sold, soldLines } from './loading.ts'
import { reserve } from './moving-goods.ts'
import { payOut, planRefunds } from './paying.ts'
import { returnById } from './queries.ts'

export type Wanted = {
  key: string
  channel: Return['channel']
  caseId: number | null
  personId: number | null
  gift?: boolean
  tender: Return['refunds'][number]['tender'] | null
  reason: string
  exceptionReason: string
  lines: Settled[]
}

/** One thing that comes back, with what was decided for it. */
export type Item = { line: Settled; sold: Sold | null; assessment: Assessment; chosen: Chosen }

/** Nobody else takes anything of these lines back until this is settled. In one order, so that two desks never wait for each other. */
const lockAll = async (work: Work, lines: readonly Settled[]): Promise<void> => {
  const ids = [...new Set(lines.flatMap(line => line.lineId ?? []))].toSorted((a, b) => a - b)
  for (const id of ids)
    await lockLine(work, id).catch(error => {
      if (error instanceof Refusal && error.code === 'not_found')
        refuseField(`lines[${lines.findIndex(one => one.lineId === id)}].lineId`, 'No purchase has such a line')
      throw error
    })
}

const itemsOf = async (work: Work, lines: readonly Settled[], ground: Ground, currency: string): Promise<Item[]> => {
  const sold = await soldLines({ db: work.tx }, lines)
  assertComing(lines, sold)
  return lines.map((line, index) => {
    const own = line.lineId === null ? null : (sold.get(line.lineId) ?? null)
    const assessment = assessLine(line, own, ground, own?.currency ?? currency)
    return { line, sold: own, assessment, chosen: choose(line, assessment, `lines[${index}]`) }
  })
}

const personOf = ({ personId, gift }: Wanted, items: readonly Item[]): number | null =>
  personId ??
  (gift ? null : (items.find(item => item.line.reason !== 'gift' && item.sold?.personId)?.sold?.personId ?? null))

const titleOf = (items: readonly Item[]): string => {
  const [first] = items
  const more = items.length > 1 ? ` and ${items.length - 1} more` : ''
  return `Return: ${first?.assessment.name ?? ''}${more}`.slice(0, 200)
}

const summaryOf = (items: readonly Item[], reason: string, currency: string): string =>
  [
    ...items.map(({ assessment, chosen, line }) =>
      [
        `${line.quantity} × ${assessment.name}`,
        line.reason.replaceAll('_', ' '),
        line.outcome.replaceAll('_', ' '),
        ...(chosen.amountMinor > 0 ? [money(chosen.amountMinor + chosen.carriageMinor, currency)] : []),
        chosen.clause,
      ].join(' · '),
    ),
    reason,
  ].join('\n')

/** Whoever does not say who they are is somebody else each time: two of them are not taken for one. */
const unknown = (now: Date, zone: string): string =>
  `Customer at the desk, ${now.toLocaleString('en-GB', { timeZone: zone, dateStyle: 'medium', timeStyle: 'medium' })}`

/** The case that it goes on in, or a new one. */
const caseFor = async (work: Work, wanted: Wanted, items: readonly Item[], summary: string, zone: string) => {
  const personId = personOf(wanted, items)
  if (wanted.caseId !== null) {
    const reading = { db: work.tx, actor: work.actor, now: work.now }
    const { id } = await assertVisible(reading, wanted.caseId)
    await write(work, { id, kind: 'note', text: summary, attachmentIds: [], mentionIds: [] })
    return { id, personId }
  }
  const made = await openCase(work, {
    subject: titleOf(items),
    kind: 'return',
    channel: wanted.channel === 'phone' ? 'phone' : wanted.channel === 'post' ? 'letter' : 'face_to_face',
    requester: personId ? { personId } : { name: unknown(work.now, zone) },
    message: { text: summary },
    assigneeId: 'me',
    stage: 'after',
  })
  return { id: made.id, personId: made.requesterId }
}

const insertReturn = async (
  work: Work,
  wanted: Wanted,
  about: { caseId: number; personId: number | null },
  items: readonly Item[],
) => {
  const [first] = items as [Item, ...Item[]]
  const { id } = await work.tx
    .insertInto('returns')
    .values({
      key: wanted.key,
      case_id: about.caseId,
      person_id: about.personId,
      channel: wanted.channel,
      currency: first.assessment.currency,
      policy_version: first.assessment.policyVersion,
      law_pack: first.assessment.law?.pack ?? '',
      law_version: first.assessment.law?.version ?? null,
      made_at: work.now,
      made_by: work.actor.id as number,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const goodsAtFirst = ({ line, chosen }: Item): Return['lines'][number]['goods'] => {
  if (!chosen.option.goodsBack) return 'none_needed'
  if (!line.here) return 'expected'
  return chosen.option.inspect ? 'inspecting' : 'received'
}

const insertLines = async (work: Work, returnId: number, items: readonly Item[], ground: Ground) => {
  const rows = items.map((item, index) => ({
    return_id: returnId,
    position: index + 1,
    line_id: item.line.lineId,
    name: item.assessment.name,
    quantity: item.line.quantity,
    reason: item.line.reason,
    proof: item.line.proof,
    note: item.line.note,
    outcome: item.line.outcome,
    basis: item.chosen.basis,
    clause: item.chosen.clause,
    facts: JSON.stringify({
      law: factsFor(item.line, item.sold, ground),
      coming: item.line,
      option: item.chosen.option,
    }),
    amount_minor: item.chosen.amountMinor + item.chosen.carriageMinor,
    fee_minor: item.chosen.feeMinor,
    goods: goodsAtFirst(item),
  }))
  await work.tx.insertInto('return_lines').values(rows).execute()
}

/** Whoever decides about so much money decides; what is beyond goes to them with the form filled in. */
const authorise = async (
  work: Work,
  wanted: Wanted,
  caseId: number,
  personId: number,
  total: number,
  items: readonly Item[],
) => {
  const isExceptional = items.some(item => item.chosen.basis === 'exception')
  if (isExceptional && wanted.exceptionReason.trim() === '')
    refuseField('exceptionReason', 'Say why this departs from the rules')
  if (total === 0) return true
  const form = {
    act: 'refund' as const,
    amount: total,
    currency: (items[0] as Item).assessment.currency,
    reason: wanted.reason,
    exception: isExceptional,
    exceptionReason: wanted.exceptionReason,
    policy: [...new Set(items.map(item => item.chosen.clause))].join('; ').slice(0, 500),
  }
  const alone = await decideAlone(work, { ...form, subject: { kind: 'case', id: caseId }, personId })
  if (alone.decided) return true
  await refer(work, {
    id: caseId,
    reason: 'outside_authority',
    toKind: 'decider',
    how: 'by_message',
    question: `May this be refunded? ${wanted.reason}`,
    said: '',
    form,
    tellCustomer: '',
  })
  return false
}

const byKey = async (work: Work, key: string): Promise<number | null> => {
  await sql`select pg_advisory_xact_lock(7203193, hashtext(${key}))`.execute(work.tx)
  return (await work.tx.selectFrom('returns').select('id').where('key', '=', key).executeTakeFirst())?.id ?? null
}

/**
 * Settles what came to the desk: the case, the goods and the money, all or nothing. Within one's own limit the money is
 * paid or promised; beyond it, it waits for whoever decides.
 * @throws Refusal naming the line or field that cannot be; `forbidden` to whoever is nobody of the staff
 */
export const settle = async (work: Work, wanted: Wanted) => {
  const reading = { db: work.tx, actor: work.actor, now: work.now }
  if (work.actor.kind !== 'staff' || work.actor.id === null)
    throw new Refusal('forbidden', 'Only a member of staff settles a return.')
  const before = await byKey(work, wanted.key)
  if (before !== null) return returnById(reading, before)
  await lockAll(work, wanted.lines)
  const ground = await groundOf(reading, wanted.channel === 'desk')
  const items = await itemsOf(work, wanted.lines, ground, ground.currency)
  const currency = (items[0] as Item).assessment.currency
  const { id: caseId, personId } = await caseFor(
    work,
    wanted,
    items,
    summaryOf(items, wanted.reason, currency),
    ground.zone,
  )
  const returnId = await insertReturn(work, wanted, { caseId, personId }, items)
  await insertLines(work, returnId, items, ground)
  await reserve(work, returnId, items)
  const total = items.reduce((sum, { chosen }) => sum + chosen.amountMinor + chosen.carriageMinor, 0)
  const may = await authorise(work, wanted, caseId, personId ?? 0, total, items)
  await planRefunds(work, returnId, items, { tender: wanted.tender, approved: may })
  if (may) await payOut(work, returnId, wanted.channel === 'desk')
  // Who was served at the desk waits for nobody: money that is promised and goods that come have lists of their own.
  if (may && wanted.channel === 'desk' && wanted.caseId === null)
    await changeCase(work, { id: caseId, status: 'solved' })
  work.record({
    type: 'case.return_settled',
    subject: { kind: 'case', id: caseId },
    data: { returnId, amount: total, currency, approved: may },
  })
  return returnById(reading, returnId)
}
