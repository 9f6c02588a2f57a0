import * as z from 'zod'
import { refuseField } from '../../platform/refusal.ts'
import { action } from '../../platform/rules/registry.ts'
import { Id, personal, text } from '../../shared/contract.ts'
import { assertTeam } from '../identity/index.ts'
import { ReferralReason } from './contract.ts'
import { refer } from './referring.ts'

const words = personal(z.string().trim().min(1).max(10_000))

/** Asks a team about a case by rule, in the name of whoever owns the rule: they are told the answer. */
export const referByRule = action({
  name: 'refer',
  input: z.strictObject({
    teamId: Id,
    reason: ReferralReason,
    question: words,
    tellCustomer: personal(text(20_000)).default(''),
  }),
  check: (work, { teamId }) => assertTeam(work, teamId),
  run: async (work, id, { teamId, reason, question, tellCustomer }, by) => {
    if (by === null) return refuseField('owner', 'Nobody owns this rule, and a referral is made in somebody’s name')
    const actor = {
      ...work.actor,
      kind: 'staff' as const,
      id: by,
      permissions: new Set(['case.read', 'case.handle']),
      visibility: 'all' as const,
    }
    const to = { toKind: 'team' as const, toId: teamId, how: 'by_message' as const }
    await refer({ ...work, actor }, { id, reason, ...to, question, said: '', tellCustomer })
    return true
  },
})
