/** Words of the returns desk. */
export const en = {
  'event.case.refund_failed': 'noted that {{amount}} could not be paid back',
  'event.case.refund_paid': 'paid back {{amount}}',
  'event.case.return_goods': 'noted of {{thing}}: {{goods}}',
  'event.case.return_settled': 'settled a return, {{amount}}',
  'event.refunds.exported': 'took a table of refunds to be paid',
  'event.return_policy.published': 'put version {{version}} of the return policy in force',
}
