import { asText, type Sentences } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'

/** Whom something was referred to may be somebody outside. */
export const personal: PersonalKeys = { 'case.referred': ['to'], 'case.referral_passed_on': ['to'] }

export const sentences: Sentences = {
  'case.referred': ({ data }) => ({ name: asText(data.to), reason: { key: `reason.${asText(data.reason)}` } }),
  'case.referral_answered': ({ data }) => [{ key: `event.case.referral_answered.${asText(data.answer)}`, values: {} }],
  'case.referral_passed_on': ({ data }) => ({ name: asText(data.to) }),
}
