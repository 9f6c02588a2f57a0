import { asText, type Sentences } from '../../platform/events/telling.ts'

export const sentences: Sentences = {
  'mailbox.added': ({ data }) => ({ address: asText(data.address) }),
  'mailbox.changed': ({ data }) => ({ address: asText(data.address) }),
  'mail.quarantined': ({ data }) => ({ reason: asText(data.reason).replaceAll('_', ' ') }),
}
