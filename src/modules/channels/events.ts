import type { Sentences } from '../../platform/module.ts'

export const sentences: Sentences = {
  'mailbox.added': ({ data }) => `added the mailbox ${String(data.address)}`,
  'mailbox.changed': ({ data }) => `changed the mailbox ${String(data.address)}`,
  'mail.quarantined': ({ data }) => `put a mail into quarantine: ${String(data.reason).replaceAll('_', ' ')}`,
  'mail.retried': () => 'tried a quarantined mail again',
  'mail.accepted': () => 'turned a quarantined mail into a case',
  'mail.discarded': () => 'set a quarantined mail aside',
  'mail.source_read': () => 'read the original of a mail',
  'mail.resent': () => 'sent a mail again',
}
