import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { refuseField } from '../../platform/refusal.ts'

export type IdentityKind =
  | 'email'
  | 'phone'
  | 'card'
  | 'staff_number'
  | 'student_number'
  | 'account_number'
  | 'telegram'
  | 'other'

/** Also addresses inside a house, such as ann@frontdesk. */
const emailPattern = /^[^\s@<>"]+@[^\s@<>"]+$/

/** Telephone numbers without a country are read as British; one that cannot be read is compared by its digits. */
const phone = (value: string): string => {
  const parsed = parsePhoneNumberFromString(value, 'GB')
  return parsed?.isPossible() ? parsed.number : value.replace(/[^\d+]/g, '')
}

/** How a value is compared: two spellings of the same address or number become equal. */
export const normalOf = (kind: IdentityKind, value: string): string => {
  const trimmed = value.trim()
  if (kind === 'email') return trimmed.toLowerCase()
  if (kind === 'phone') return phone(trimmed)
  return trimmed.replace(/[\s-]/g, '').toUpperCase()
}

/** @throws Refusal naming `field` when the value cannot be such an identity */
export const assertIdentity = (kind: IdentityKind, value: string, field: string): string => {
  const normal = normalOf(kind, value)
  if (kind === 'email' && (!emailPattern.test(normal) || normal.length > 254))
    refuseField(field, 'This is not an e-mail address')
  if (kind === 'phone' && !/^\+?\d{3,15}$/.test(normal)) refuseField(field, 'This is not a telephone number')
  if (normal.length === 0) refuseField(field, 'Write a number or address')
  return normal
}
