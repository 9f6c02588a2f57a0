import { leftOf } from '../../platform/permissions/limits.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { sayingFrom } from '../../shared/phrase.ts'
import type { Allowance } from './contract.ts'
import { deciderFor } from './deciders.ts'
import { assertMeasure, isLimited } from './limits.ts'
import { type About, mayDecide, standingsOf } from './standing.ts'
import { en } from './ui/en.ts'
import { allowanceSentence } from './wording.ts'

/**
 * How far somebody may go with an act now, before they do it, and who decides beyond that.
 * @param amount minor units or a count
 * @throws Refusal naming the currency that does not fit the act
 */
export const allowanceOf = async (
  reading: Pick<Reading, 'db' | 'now'>,
  staffId: number | null,
  about: About & { amount: number },
): Promise<Allowance> => {
  const { act, currency, amount, personId } = about
  assertMeasure(act, currency)
  const standing = staffId === null ? undefined : (await standingsOf(reading, [staffId], about)).get(staffId)
  if (!standing) throw new Refusal('forbidden', 'Only a member of staff decides this.')
  // What nobody limits is open to all: complaints are closed by whoever handles them until somebody says otherwise.
  const open = act === 'closing_complaint' && !(await isLimited(reading, act))
  const { limit, used } = standing
  const { upTo, by } = limit ? leftOf(limit, used) : { upTo: open ? null : 0, by: 'act' as const }
  const allowed = open || mayDecide(standing, amount)
  // Who decides beyond: for what is asked, or for the first penny too many.
  const beyond = allowed ? (upTo === null ? null : upTo + 1) : amount
  const next = beyond === null ? null : { act, currency, amount: beyond, personId }
  const found = next
    ? await deciderFor(reading, { makerId: standing.staffId, what: next })
    : { decider: null, trail: [] }
  const allowance = { act, currency, allowed, upTo, by, limit, used, ...found }
  return { ...allowance, sentence: allowanceSentence(allowance, sayingFrom(en)) }
}
