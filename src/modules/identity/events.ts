import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'
import type { en } from './ui/en.ts'

const named = ({ data }: Told) => ({ name: asText(data.name) })

/** The sign-in library says "passkey verify-authentication"; people say "with a passkey". */
const how = (route: unknown): { key: keyof typeof en } => {
  if (/passkey/.test(String(route))) return { key: 'signedIn.passkey' }
  return { key: /two-factor/.test(String(route)) ? 'signedIn.code' : 'signedIn.password' }
}

export const sentences: Sentences = {
  'staff.added': ({ data }) => ({ name: asText(data.name), role: asText(data.role) }),
  'staff.changed': named,
  'staff.ended': named,
  'staff.signed_in': ({ data }) => ({ how: how(data.how) }),
  'staff.token_made': named,
  'staff.token_revoked': named,
  'role.changed': named,
  'team.added': named,
  'calendar.added': named,
  'calendar.changed': named,
}
