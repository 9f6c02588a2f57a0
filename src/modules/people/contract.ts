import * as z from 'zod'
import { Approach } from '../../shared/approach.ts'
import { Id, line, Moment, operation, page, paging, personal, spelled, text } from '../../shared/contract.ts'

export const identityKinds = [
  'email',
  'phone',
  'card',
  'staff_number',
  'student_number',
  'account_number',
  'telegram',
  'other',
] as const
export const IdentityKind = z.enum(identityKinds)
export const channels = [
  'email',
  'web_form',
  'portal',
  'chat',
  'phone',
  'face_to_face',
  'letter',
  'text_message',
  'social',
  'api',
] as const
export const Channel = z.enum(channels)
export type Channel = z.infer<typeof Channel>
/** A channel as somebody outside writes it: `face to face`, `e-mail`. */
export const GivenChannel = spelled(Channel, { e_mail: 'email', in_person: 'face_to_face', sms: 'text_message' })

export const Identity = z.object({
  id: Id,
  kind: IdentityKind,
  value: personal(z.string()),
  verifiedAt: Moment.nullable(),
  undeliverableAt: Moment.nullable(),
  undeliverableReason: personal(z.string()).nullable(),
})
export type Identity = z.infer<typeof Identity>

export const GroupKind = z.enum(['organisation', 'department', 'household'])
export const Group = z.object({
  id: Id,
  kind: GroupKind,
  name: personal(z.string()),
  domains: z.array(z.string()),
  membersSeeEachOther: z.boolean(),
  notes: personal(z.string()),
  memberCount: z.number(),
  version: z.number(),
})
export type Group = z.infer<typeof Group>

export const CustomerType = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  relationship: z.enum(['short', 'long']),
  internal: z.boolean(),
})
export type CustomerType = z.infer<typeof CustomerType>

/** A person in a list: enough to tell two of the same name apart. */
export const PersonLine = z.object({
  id: Id,
  name: personal(z.string()),
  typeName: z.string().nullable(),
  internal: z.boolean(),
  contact: personal(z.string()).nullable(),
  groups: z.array(personal(z.string())),
})
export type PersonLine = z.infer<typeof PersonLine>

export const Person = z.object({
  id: Id,
  name: personal(z.string()),
  staffId: Id.nullable(),
  typeId: Id.nullable(),
  typeName: z.string().nullable(),
  internal: z.boolean(),
  relationship: z.enum(['short', 'long']).nullable(),
  preferredChannel: Channel.nullable(),
  /** When they want to be approached, and when not. */
  approach: z.array(Approach),
  language: z.string().nullable(),
  needs: personal(z.string()),
  expectations: personal(z.string()),
  adjustments: personal(z.string()),
  notes: personal(z.string()),
  vulnerable: personal(z.boolean()),
  identities: z.array(Identity),
  groups: z.array(z.object({ id: Id, kind: GroupKind, name: personal(z.string()), part: z.string() })),
  createdAt: Moment,
  version: z.number(),
})
export type Person = z.infer<typeof Person>

const about = {
  typeId: Id.nullable().optional(),
  relationship: z.enum(['short', 'long']).nullable().optional(),
  preferredChannel: Channel.nullable().optional(),
  approach: z.array(Approach).max(10).optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'Two letters, such as en')
    .nullable()
    .optional(),
  needs: personal(text(4000)).optional(),
  expectations: personal(text(4000)).optional(),
  adjustments: personal(text(4000)).optional(),
  notes: personal(text(10_000)).optional(),
  vulnerable: personal(z.boolean()).optional(),
}

const identityInput = z.object({ kind: IdentityKind, value: personal(line(254)) })

export const people = {
  find: operation({
    method: 'GET',
    path: '/api/people',
    permission: 'person.read',
    summary: 'Find people by name, e-mail, telephone or card number as one types; without q the newest',
    input: z.object({ ...paging, q: personal(z.string().max(200)).optional(), groupId: Id.optional() }),
    output: page(PersonLine),
  }),
  get: operation({
    method: 'GET',
    path: '/api/people/:id',
    permission: 'person.read',
    summary: 'Read one person; the reading is recorded',
    input: z.object({ id: Id }),
    output: Person,
    leavesTrace: true,
  }),
  add: operation({
    method: 'POST',
    path: '/api/people',
    permission: 'person.edit',
    summary: 'Add a person',
    input: z.object({
      name: personal(line(200)),
      identities: z.array(identityInput).max(20).default([]),
      groupIds: z.array(Id).max(20).default([]),
      ...about,
    }),
    output: Person,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/people/:id',
    permission: 'person.edit',
    summary: 'Change what is known of a person',
    input: z.object({
      id: Id,
      name: personal(line(200)).optional(),
      groupIds: z.array(Id).max(20).optional(),
      version: z.number().int().optional(),
      ...about,
    }),
    output: Person,
  }),
  addIdentity: operation({
    method: 'POST',
    path: '/api/people/:id/identities',
    permission: 'person.edit',
    summary: 'Add a way to reach or recognise a person',
    input: z.object({ id: Id, kind: IdentityKind, value: personal(line(254)) }),
    output: Person,
    status: 201,
  }),
  removeIdentity: operation({
    method: 'DELETE',
    path: '/api/people/:id/identities/:identityId',
    permission: 'person.edit',
    summary: 'Remove one of several ways to reach a person',
    input: z.object({ id: Id, identityId: Id }),
    output: Person,
  }),
  types: operation({
    method: 'GET',
    path: '/api/customer-types',
    permission: 'signed-in',
    summary: 'Customer types',
    input: z.object({}),
    output: z.object({ items: z.array(CustomerType) }),
  }),
  groups: operation({
    method: 'GET',
    path: '/api/groups',
    permission: 'person.read',
    summary: 'Organisations, departments and households',
    input: z.object({ ...paging, q: personal(z.string().max(200)).optional(), kind: GroupKind.optional() }),
    output: page(Group),
  }),
  addGroup: operation({
    method: 'POST',
    path: '/api/groups',
    permission: 'person.edit',
    summary: 'Add an organisation, department or household',
    input: z.object({
      kind: GroupKind,
      name: personal(line(200)),
      domains: z.array(line(253)).max(20).default([]),
      membersSeeEachOther: z.boolean().default(false),
      notes: personal(text(4000)).default(''),
    }),
    output: Group,
    status: 201,
  }),
  changeGroup: operation({
    method: 'PATCH',
    path: '/api/groups/:id',
    permission: 'person.edit',
    summary: 'Change an organisation, department or household',
    input: z.object({
      id: Id,
      name: personal(line(200)).optional(),
      domains: z.array(line(253)).max(20).optional(),
      membersSeeEachOther: z.boolean().optional(),
      notes: personal(text(4000)).optional(),
      version: z.number().int().optional(),
    }),
    output: Group,
  }),
  trace: operation({
    method: 'GET',
    path: '/api/people/:id/readers',
    permission: 'audit.read',
    summary: 'Who read this person’s record, newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(z.object({ at: Moment, actor: personal(z.string()), type: z.string() })),
  }),
}
