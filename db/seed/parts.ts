import { actionsOfCases } from '../../src/modules/cases/index.ts'
import { referByRule } from '../../src/modules/referrals/index.ts'
import { partsOf } from '../../src/platform/rules/parts.ts'

/** What the rules and macros of the sample are set on and have done. */
export const parts = partsOf([
  {
    actions: [...actionsOfCases, referByRule],
    triggers: ['case.opened', 'case.changed', 'case.check_answered', 'promise.missed'].map(event => ({ event })),
  },
])
