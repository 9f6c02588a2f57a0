import { deskWords } from './en-desk.ts'
import { listWords } from './en-list.ts'
import { policyWords } from './en-policy.ts'

/** Words of the returns desk. */
export const en = {
  ...deskWords,
  ...listWords,
  ...policyWords,
  'event.case.refund_failed': 'noted that {{amount}} could not be paid back',
  'event.case.refund_paid': 'paid back {{amount}}',
  'event.case.return_goods': 'noted of {{thing}}: {{goods}}',
  'event.case.return_settled': 'settled a return, {{amount}}',
  'event.refunds.exported': 'took a table of refunds to be paid',
  'event.return_policy.published': 'put version {{version}} of the return policy in force',
}
