import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

/** What the events of mail say of people. */
export const personal: PersonalKeys = { 'mail.delayed': ['address', 'reason'], 'mail.silenced': ['address'] }

export const sentences: Sentences = {
  'mailbox.added': ({ data }) => ({ address: asText(data.address) }),
  'mailbox.changed': ({ data }) => ({ address: asText(data.address) }),
  'mail.delayed': ({ data }) => ({ address: asText(data.address), reason: asText(data.reason) }),
  'mail.silenced': ({ data }) => ({ address: asText(data.address) }),
  'mail.quarantined': ({ data }) => ({ reason: asText(data.reason).replaceAll('_', ' ') }),
}
