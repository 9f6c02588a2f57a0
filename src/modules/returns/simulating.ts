import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { assessLine, type Ground, groundOf } from './assessing.ts'
import type { Coming, Option, Outcome, Policy, Proof, Reason, Simulation } from './contract.ts'
import { type Sold, soldLines } from './loading.ts'
import { allPolicies } from './policies.ts'

type Past = {
  lineId: number
  at: Date
  quantity: number
  reason: Reason | null
  proof: Proof | null
  condition: string | null
}

/** More than this is not looked at: the latest count. */
const most = 100_000

/** What came back in a time, with what is known of why. Of what a file told of, nobody knows: it counts as unwanted. */
const pastReturns = async ({ db }: Pick<Reading, 'db'>, since: Date): Promise<Past[]> =>
  (
    await sql<Past>`select r.line_id as "lineId", r.at, r.quantity, x.reason, x.proof, x.facts #>> '{coming,condition}' as condition
      from purchase_returns r left join lateral (select y.reason, y.proof, y.facts from return_lines y
        where y.line_id = r.line_id and r.key = 'return ' || y.return_id || ' line ' || y.position || ' goods' limit 1) x on true
      where r.quantity > 0 and r.at >= ${since} order by r.at desc limit ${most}`.execute(db)
  ).rows

const comingOf = ({ lineId, quantity, reason, proof, condition }: Past): Coming => ({
  lineId,
  name: '',
  quantity,
  reason: reason ?? 'change_of_mind',
  condition: (condition as Coming['condition'] | null) ?? 'unused',
  proof: proof ?? 'order',
  traits: [],
  earlier: [],
})

/** What a customer would rather have, the best first. */
const liked: readonly Outcome[] = ['keep_item', 'refund', 'exchange', 'store_credit', 'partial', 'repair']

const best = (options: readonly Option[]): Option | null =>
  options.toSorted((a, b) => liked.indexOf(a.outcome) - liked.indexOf(b.outcome) || b.amountMinor - a.amountMinor)[0] ??
  null

const outcomeOf = (option: Option | null): Outcome | 'nothing' => option?.outcome ?? 'nothing'
const costOf = (option: Option | null): number => (option ? option.amountMinor + option.carriageMinor : 0)

type Both = { before: Option | null; after: Option | null }

const changeOf = (past: Past, sold: Sold, ground: Ground, policies: { now: Policy | null; draft: Policy }): Both => {
  const coming = comingOf(past)
  // As if nothing of it had come back before: what is asked is what a policy gives, not what is left.
  const fresh = { ...sold, returned: 0, refundedMinor: 0, carriageRefundedMinor: 0 }
  const at = Temporal.Instant.fromEpochMilliseconds(past.at.getTime()).toZonedDateTimeISO(ground.zone)
  const then = { ...ground, now: past.at, today: at.toPlainDate().toString() }
  const under = (policy: Policy | null) => best(assessLine(coming, fresh, { ...then, policy }, sold.currency).options)
  return { before: under(policies.now), after: under(policies.draft) }
}

const told = 50

const summed = (changes: readonly (Both & { past: Past; sold: Sold })[]): Omit<Simulation, 'days' | 'version'> => {
  const moves = new Map<string, Simulation['moves'][number]>()
  const totals = new Map<string, { currency: string; beforeMinor: number; afterMinor: number }>()
  for (const { before, after, sold } of changes) {
    const [from, to] = [outcomeOf(before), outcomeOf(after)]
    const key = `${from} ${to} ${sold.currency}`
    const move = moves.get(key) ?? { from, to, currency: sold.currency, count: 0, costMinor: 0 }
    moves.set(key, { ...move, count: move.count + 1, costMinor: move.costMinor + costOf(after) - costOf(before) })
    const total = totals.get(sold.currency) ?? { currency: sold.currency, beforeMinor: 0, afterMinor: 0 }
    totals.set(sold.currency, {
      ...total,
      beforeMinor: total.beforeMinor + costOf(before),
      afterMinor: total.afterMinor + costOf(after),
    })
  }
  const isOther = ({ before, after }: Both) =>
    outcomeOf(before) !== outcomeOf(after) || costOf(before) !== costOf(after)
  const other = changes.filter(isOther)
  return {
    returns: changes.length,
    changed: other.length,
    totals: [...totals.values()],
    moves: [...moves.values()].toSorted((a, b) => b.count - a.count),
    examples: other.slice(0, told).map(({ before, after, past, sold }) => ({
      purchase: { id: sold.purchaseId, number: sold.number },
      name: sold.name,
      at: past.at.toISOString(),
      currency: sold.currency,
      from: outcomeOf(before),
      fromMinor: costOf(before),
      to: outcomeOf(after),
      toMinor: costOf(after),
    })),
  }
}

/**
 * Runs the draft over what came back in the last days, beside what is in force: what would have been given instead, and
 * what it costs. Nothing of it is kept.
 * @throws Refusal `conflict` where there is no draft
 */
export const simulate = async (reading: Reading, { days }: { days: number }) => {
  const [draft, ...others] = await allPolicies(reading)
  if (!draft || draft.publishedAt !== null) throw new Refusal('conflict', 'There is no draft to try.')
  const policies = { now: others[0] ?? null, draft }
  const since = new Date(reading.now.getTime() - days * 86_400_000)
  const past = await pastReturns(reading, since)
  const sold = await soldLines(reading, past.map(comingOf))
  const ground = await groundOf(reading, true)
  const changes = past.flatMap(one => {
    const line = sold.get(one.lineId)
    return line ? [{ ...changeOf(one, line, ground, policies), past: one, sold: line }] : []
  })
  return { days, version: draft.version, ...summed(changes) }
}
