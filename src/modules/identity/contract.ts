import * as z from 'zod'
import { WorkingCalendar } from '../../shared/calendar.ts'
import { Currency, Done, Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Phrase } from '../../shared/phrase.ts'

const password = z.string().min(12, 'At least 12 characters').max(128)
const email = personal(z.email('This is not an e-mail address').max(254))

export const Visibility = z.enum(['all', 'team', 'own', 'none'])

export const Role = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  description: z.string(),
  permissions: z.array(z.string()),
  visibility: Visibility,
  version: z.number(),
})
export type Role = z.infer<typeof Role>

export const Team = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  calendarId: Id.nullable(),
  memberIds: z.array(Id),
  version: z.number(),
})
export type Team = z.infer<typeof Team>

export const Staff = z.object({
  id: Id,
  name: personal(z.string()),
  email: personal(z.string()),
  roleId: Id,
  roleName: z.string(),
  teamIds: z.array(Id),
  /** Whom they answer to. */
  managerId: Id.nullable(),
  joinedAt: Moment,
  endedAt: Moment.nullable(),
  version: z.number(),
})
export type Staff = z.infer<typeof Staff>

/** What a member of staff sets for the own screen. Unknown keys are dropped. */
export const Preferences = z.object({
  colourScheme: z.enum(['auto', 'light', 'dark']).optional(),
  density: z.enum(['comfortable', 'compact']).optional(),
  shortcuts: z.boolean().optional(),
  /** Keys of commands that are not as usual; an empty one switches the key off. */
  keys: z.record(z.string().max(40), z.string().max(20)).optional(),
  /** Of the usual size, in per cent. */
  textSize: z.number().int().min(80).max(150).optional(),
  contrast: z.enum(['system', 'normal', 'high']).optional(),
  motion: z.enum(['system', 'full', 'less']).optional(),
  direction: z.enum(['ltr', 'rtl']).optional(),
  undoSeconds: z.number().int().min(0).max(30).optional(),
  language: z.enum(['en', 'xx']).optional(),
})
export type Preferences = z.infer<typeof Preferences>

export const Me = z.object({
  id: Id,
  name: personal(z.string()),
  email: personal(z.string()),
  role: z.object({ key: z.string(), name: z.string() }),
  permissions: z.array(z.string()),
  teams: z.array(z.object({ id: Id, name: z.string() })),
  preferences: Preferences,
  twoFactor: z.boolean(),
  organisation: z.object({ name: z.string(), zone: z.string(), language: z.string(), currency: z.string() }),
})
export type Me = z.infer<typeof Me>

export const Organisation = z.object({
  name: z.string(),
  zone: z.string(),
  language: z.string(),
  /** What amounts are in where nobody says otherwise. */
  currency: z.string(),
  /** Whose law holds where nothing is known of the customer's. */
  jurisdiction: z.string(),
  calendarId: Id,
  version: z.number(),
})

export const Calendar = z.object({
  id: Id,
  name: z.string(),
  version: z.number(),
  hours: WorkingCalendar,
  openNow: z.boolean(),
})
export type Calendar = z.infer<typeof Calendar>

export const Token = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: Moment,
  expiresAt: Moment.nullable(),
  lastUsedAt: Moment.nullable(),
})
export type Token = z.infer<typeof Token>

export const Session = z.object({
  id: z.string(),
  current: z.boolean(),
  address: personal(z.string()).nullable(),
  browser: z.string().nullable(),
  createdAt: Moment,
  expiresAt: Moment,
})
export type Session = z.infer<typeof Session>

export const AuditEntry = z.object({
  id: Id,
  at: Moment,
  actor: personal(z.string()),
  actorKind: z.string(),
  type: z.string(),
  subjectKind: z.string(),
  subjectId: z.number(),
  /** What was done, in the words after the actor's name: in English, and by key. */
  sentence: personal(z.string()),
  said: personal(z.array(Phrase)),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const identity = {
  setupState: operation({
    method: 'GET',
    path: '/api/setup',
    permission: 'public',
    summary: 'Whether the first administrator is still to be made',
    input: z.object({}),
    output: z.object({ needed: z.boolean() }),
  }),
  setUp: operation({
    method: 'POST',
    path: '/api/setup',
    permission: 'public',
    summary: 'Make the organisation and its first administrator; works once',
    input: z.object({
      organisation: line(200),
      zone: line(60).default('Europe/London'),
      name: personal(line(200)),
      email,
      password,
      sample: z.boolean().default(false),
    }),
    output: Done,
    status: 201,
  }),
  me: operation({
    method: 'GET',
    path: '/api/me',
    permission: 'signed-in',
    summary: 'Who is signed in, and what they may do',
    input: z.object({}),
    output: Me,
  }),
  setPreferences: operation({
    method: 'PATCH',
    path: '/api/me',
    permission: 'signed-in',
    summary: 'Change how the screen looks and behaves for me',
    input: z.object({ preferences: Preferences }),
    output: Done,
  }),
  sessions: operation({
    method: 'GET',
    path: '/api/me/sessions',
    permission: 'signed-in',
    summary: 'Where I am signed in',
    input: z.object({}),
    output: z.object({ items: z.array(Session) }),
  }),
  endSession: operation({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    permission: 'signed-in',
    summary: 'Sign out somewhere else',
    input: z.object({ id: line(100) }),
    output: Done,
  }),
  tokens: operation({
    method: 'GET',
    path: '/api/me/tokens',
    permission: 'signed-in',
    summary: 'My API tokens',
    input: z.object({}),
    output: z.object({ items: z.array(Token) }),
  }),
  makeToken: operation({
    method: 'POST',
    path: '/api/me/tokens',
    permission: 'signed-in',
    summary: 'Make an API token; it is shown once. Scopes are permissions; none means all of mine',
    input: z.object({
      name: line(100),
      scopes: z.array(line(60)).max(50).default([]),
      days: z.number().int().min(1).max(3660).nullable().default(365),
    }),
    output: z.object({ id: Id, token: z.string() }),
    status: 201,
  }),
  revokeToken: operation({
    method: 'DELETE',
    path: '/api/me/tokens/:id',
    permission: 'signed-in',
    summary: 'Revoke an API token at once',
    input: z.object({ id: Id }),
    output: Done,
  }),
  organisation: operation({
    method: 'GET',
    path: '/api/organisation',
    permission: 'signed-in',
    summary: 'The organisation',
    input: z.object({}),
    output: Organisation,
  }),
  changeOrganisation: operation({
    method: 'PATCH',
    path: '/api/organisation',
    permission: 'settings.edit',
    summary: 'Change the organisation',
    input: z.object({
      name: line(200).optional(),
      zone: line(60).optional(),
      currency: Currency.optional(),
      jurisdiction: z
        .string()
        .regex(/^[A-Z]{2}(-[A-Z]{3})?$/, 'A country or nation, such as GB-SCT or DE')
        .optional(),
      version: z.number().int().optional(),
    }),
    output: Organisation,
  }),
  staff: operation({
    method: 'GET',
    path: '/api/staff',
    permission: 'signed-in',
    summary: 'Members of staff, those who left last',
    input: z.object({}),
    output: z.object({ items: z.array(Staff) }),
  }),
  addStaff: operation({
    method: 'POST',
    path: '/api/staff',
    permission: 'staff.edit',
    summary: 'Add a member of staff with a first password',
    input: z.object({
      name: personal(line(200)),
      email,
      password,
      roleId: Id,
      teamIds: z.array(Id).max(50).default([]),
      managerId: Id.nullable().default(null),
    }),
    output: Staff,
    status: 201,
  }),
  changeStaff: operation({
    method: 'PATCH',
    path: '/api/staff/:id',
    permission: 'staff.edit',
    summary:
      'Change name, role, teams or line manager; end or resume access. Ending access ends every session and token at once',
    input: z.object({
      id: Id,
      name: personal(line(200)).optional(),
      roleId: Id.optional(),
      teamIds: z.array(Id).max(50).optional(),
      managerId: Id.nullable().optional(),
      ended: z.boolean().optional(),
      password: password.optional(),
      version: z.number().int().optional(),
    }),
    output: Staff,
  }),
  roles: operation({
    method: 'GET',
    path: '/api/roles',
    permission: 'signed-in',
    summary: 'Roles, and every permission there is',
    input: z.object({}),
    output: z.object({ items: z.array(Role), permissions: z.array(z.string()) }),
  }),
  changeRole: operation({
    method: 'PATCH',
    path: '/api/roles/:id',
    permission: 'staff.edit',
    summary: 'Change what a role may do, and how far it sees',
    input: z.object({
      id: Id,
      permissions: z.array(line(60)).max(100).optional(),
      visibility: Visibility.optional(),
      version: z.number().int().optional(),
    }),
    output: Role,
  }),
  teams: operation({
    method: 'GET',
    path: '/api/teams',
    permission: 'signed-in',
    summary: 'Teams',
    input: z.object({}),
    output: z.object({ items: z.array(Team) }),
  }),
  addTeam: operation({
    method: 'POST',
    path: '/api/teams',
    permission: 'settings.edit',
    summary: 'Add a team',
    input: z.object({ name: line(100), description: text(500).default(''), calendarId: Id.nullable().default(null) }),
    output: Team,
    status: 201,
  }),
  changeTeam: operation({
    method: 'PATCH',
    path: '/api/teams/:id',
    permission: 'settings.edit',
    summary: 'Change a team',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      description: text(500).optional(),
      calendarId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: Team,
  }),
  calendars: operation({
    method: 'GET',
    path: '/api/calendars',
    permission: 'signed-in',
    summary: 'Working hours',
    input: z.object({}),
    output: z.object({ items: z.array(Calendar) }),
  }),
  addCalendar: operation({
    method: 'POST',
    path: '/api/calendars',
    permission: 'settings.edit',
    summary: 'Add working hours for a team',
    input: z.object({ name: line(100), hours: WorkingCalendar }),
    output: Calendar,
    status: 201,
  }),
  changeCalendar: operation({
    method: 'PATCH',
    path: '/api/calendars/:id',
    permission: 'settings.edit',
    summary: 'Change working hours; the version goes up',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      hours: WorkingCalendar.optional(),
      version: z.number().int().optional(),
    }),
    output: Calendar,
  }),
  audit: operation({
    method: 'GET',
    path: '/api/events',
    permission: 'audit.read',
    summary: 'What happened, newest first',
    input: z.object({
      ...paging,
      subjectKind: line(40).optional(),
      subjectId: Id.optional(),
      type: line(80).optional(),
      staffId: Id.optional(),
    }),
    output: page(AuditEntry),
  }),
}
