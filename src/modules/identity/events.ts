import type { Sentences } from '../../platform/module.ts'

const name = (data: Record<string, unknown>) => `“${String(data.name ?? '')}”`

/** What the events of this module say, after the name of who did it. */
export const sentences: Sentences = {
  'organisation.set_up': () => 'set up the organisation',
  'organisation.changed': () => 'changed the organisation',
  'staff.added': ({ data }) => `gave ${name(data)} access as ${String(data.role)}`,
  'staff.changed': ({ data }) => `changed the access of ${name(data)}`,
  'staff.ended': ({ data }) => `ended the access of ${name(data)}, with every session and token`,
  'staff.signed_in': ({ data }) => `signed in (${String(data.how)})`,
  'staff.session_ended': () => 'ended a session',
  'staff.token_made': ({ data }) => `made the API token ${name(data)}`,
  'staff.token_revoked': ({ data }) => `revoked the API token ${name(data)}`,
  'role.changed': ({ data }) => `changed what the role ${name(data)} may do`,
  'team.added': ({ data }) => `added the team ${name(data)}`,
  'team.changed': () => 'changed a team',
  'calendar.added': ({ data }) => `added the working hours ${name(data)}`,
  'calendar.changed': ({ data }) => `changed the working hours ${name(data)}`,
}
