import * as z from 'zod'
import { Approach } from '../../shared/approach.ts'
import { Condition } from '../../shared/condition.ts'
import {
  Done,
  Id,
  line,
  Moment,
  operation,
  page,
  pageSize,
  paging,
  personal,
  spelled,
  text,
} from '../../shared/contract.ts'
import { Phrase } from '../../shared/phrase.ts'
import { Channel, GivenChannel, IdentityKind } from '../people/contract.ts'
import { PromiseKind } from '../promises/contract.ts'
import { Columns, GroupBy, Layout, Sort, View } from './contract-shapes.ts'

export { View }

export const caseKinds = [
  'enquiry',
  'advice',
  'request',
  'order_problem',
  'fault',
  'delivery_problem',
  'complaint',
  'compliment',
  'suggestion',
  'return',
  'incident',
] as const
export const CaseKind = z.enum(caseKinds)
/** A kind as somebody outside writes it: `order problem`. */
export const GivenKind = spelled(CaseKind)
export const statuses = ['new', 'open', 'waiting_customer', 'waiting_other', 'solved', 'closed'] as const
export const Status = z.enum(statuses)
export const stages = ['before', 'during', 'after'] as const
export const Stage = z.enum(stages)
export const Met = z.enum(['yes', 'partly', 'no'])
/** What a text that was written with formatting may consist of, besides links and pictures. */
export const writtenTags = 'p br strong b em i u s code pre blockquote ul ol li'.split(' ')
export type CaseKind = z.infer<typeof CaseKind>
export type Status = z.infer<typeof Status>
export type Stage = z.infer<typeof Stage>
export type Met = z.infer<typeof Met>

export const urgencyKeys = [
  'low_severity',
  'high_severity',
  'critical_severity',
  'complaint',
  'incident',
  'fault',
  'vulnerable',
  'customer_type',
] as const

/** Why a case stands where it does in the queue: a sentence and its parts in minutes. */
export const Urgency = z.object({
  sentence: z.string(),
  waitingSince: Moment.nullable(),
  parts: z.array(z.object({ key: z.enum(urgencyKeys), reason: z.string(), minutes: z.number() })),
  /** The promise to the customer that is due next. */
  due: z.object({ at: Moment, kind: PromiseKind }).nullable(),
})

const Named = z.object({ id: Id, name: z.string() })
const Colleague = z.object({ id: Id, name: personal(z.string()) })

/** A case in a list. */
export const CaseLine = z.object({
  id: Id,
  number: Id,
  kind: CaseKind,
  status: Status,
  subject: personal(z.string()),
  preview: personal(z.string()),
  channel: Channel,
  severity: z.number(),
  internal: z.boolean(),
  confidential: z.boolean(),
  requester: z.object({ id: Id, name: personal(z.string()), vulnerable: personal(z.boolean()) }),
  assignee: Colleague.nullable(),
  team: Named.nullable(),
  topic: Named.nullable(),
  product: Named.nullable(),
  tags: z.array(z.string()),
  waitingSince: Moment.nullable(),
  /** Out of the queue until then, or until the customer answers. */
  snoozedUntil: Moment.nullable(),
  openedAt: Moment,
  lastAt: Moment,
  messageCount: z.number(),
  unread: z.boolean(),
  urgency: Urgency,
  version: z.number(),
  /** Fields of one's own, where the view shows one. */
  custom: personal(z.record(z.string(), z.unknown())).optional(),
})
export type CaseLine = z.infer<typeof CaseLine>

export const Conversation = z.object({
  id: Id,
  kind: z.enum(['customer', 'internal', 'supplier']),
  channel: Channel,
  subject: personal(z.string()),
  participants: z.array(
    z.object({
      personId: Id,
      name: personal(z.string()),
      part: z.enum(['requester', 'copied', 'other']),
      address: personal(z.string()).nullable(),
      undeliverable: z.boolean(),
      /** A colleague, or somebody of a house of ours. */
      internal: z.boolean(),
    }),
  ),
})

/** What the person at the other end needs us to know before we answer. */
export const PersonCard = z.object({
  id: Id,
  name: personal(z.string()),
  typeName: z.string().nullable(),
  internal: z.boolean(),
  relationship: z.string().nullable(),
  preferredChannel: z.string().nullable(),
  approach: z.array(Approach),
  language: z.string().nullable(),
  needs: personal(z.string()),
  expectations: personal(z.string()),
  adjustments: personal(z.string()),
  vulnerable: personal(z.boolean()),
  identities: z.array(
    z.object({ kind: IdentityKind, value: personal(z.string()), verified: z.boolean(), undeliverable: z.boolean() }),
  ),
  groups: z.array(personal(z.string())),
  otherCases: z.array(z.object({ id: Id, subject: personal(z.string()), status: Status, lastAt: Moment })),
})
export type PersonCard = z.infer<typeof PersonCard>

export const Case = CaseLine.extend({
  stage: Stage.nullable(),
  language: z.string().nullable(),
  custom: personal(z.record(z.string(), z.unknown())),
  firstReplyAt: Moment.nullable(),
  solvedAt: Moment.nullable(),
  closedAt: Moment.nullable(),
  reopened: z.number(),
  needMet: Met.nullable(),
  /** Up to which message I have read it; null where I never have. */
  seenMessageId: Id.nullable(),
  followerIds: z.array(Id),
  following: z.boolean(),
  conversations: z.array(Conversation),
  person: PersonCard,
  /** What the one who asks may do with this case. */
  can: z.array(z.enum(['reply', 'note', 'change', 'assign', 'merge', 'mark_confidential'])),
})
export type Case = z.infer<typeof Case>

export const Attachment = z.object({
  id: Id,
  name: personal(z.string()),
  type: z.string(),
  size: z.number(),
  inline: z.boolean(),
  contentId: z.string().nullable(),
  url: z.string(),
})
export type Attachment = z.infer<typeof Attachment>

export const Message = z.object({
  id: Id,
  direction: z.enum(['in', 'out', 'note']),
  conversationId: Id,
  channel: Channel,
  from: z.object({
    name: personal(z.string()),
    address: personal(z.string()).nullable(),
    personId: Id.nullable(),
    staffId: Id.nullable(),
  }),
  text: personal(z.string()),
  quoted: personal(z.string()),
  html: personal(z.string()).nullable(),
  language: z.string().nullable(),
  at: Moment,
  delivery: z
    .enum(['waiting', 'sending', 'sent', 'delivered', 'read', 'kept', 'failed', 'bounced', 'cancelled'])
    .nullable(),
  sendAt: Moment.nullable(),
  /** Who of those copied in gets it; null where nothing was said: all of them. */
  copiedIds: z.array(Id).nullable(),
  automatic: z.boolean(),
  warnings: z.array(z.string()),
  attachments: z.array(Attachment),
  /** Address of the original mail, where there is one. */
  original: z.string().nullable(),
})
export type Message = z.infer<typeof Message>

/** A thing that happened to the case, in words after the actor's name: in English, and by key. */
export const TimelineEntry = z.object({
  id: Id,
  at: Moment,
  actor: personal(z.string()),
  type: z.string(),
  sentence: personal(z.string()),
  said: personal(z.array(Phrase)),
  /** By which version the change can be taken back; null for what is no change, or was taken back. */
  undo: z.number().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const CustomField = z.object({
  id: Id,
  key: z.string(),
  label: z.string(),
  type: z.enum(['text', 'number', 'flag', 'choice', 'date']),
  choices: z.array(z.string()),
  kinds: z.array(CaseKind),
})
export type CustomField = z.infer<typeof CustomField>

/** What somebody is writing and has not sent: text, files, or both. */
export const Draft = z.object({
  kind: z.enum(['reply', 'note']),
  text: personal(z.string()),
  /** The same with its formatting, where it has any. */
  html: personal(z.string()).nullable(),
  seenMessageId: Id.nullable(),
  version: z.number(),
  updatedAt: Moment,
  attachments: z.array(Attachment),
})
export type Draft = z.infer<typeof Draft>

/** A case as it is exported, one to a line. */
export const ExportedCase = z.object({
  id: Id,
  number: Id,
  kind: CaseKind,
  status: Status,
  subject: personal(z.string()),
  channel: Channel,
  requester: z.object({ id: Id, name: personal(z.string()) }),
  tags: z.array(z.string()),
  custom: personal(z.record(z.string(), z.unknown())),
  openedAt: z.string(),
  solvedAt: z.string().nullable(),
  needMet: Met.nullable(),
  messages: z.array(
    z.object({
      id: Id,
      direction: z.enum(['in', 'out', 'note']),
      from: personal(z.string()),
      text: personal(z.string()),
      at: z.string(),
    }),
  ),
})

/** Filters everybody has before anybody has saved a view. "Solved" is left out: how many there are tells nobody what to do. */
export const countedFilters = ['waiting', 'mine', 'unassigned', 'open', 'snoozed'] as const

const custom = personal(
  z
    .record(z.string().max(40), z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]))
    .refine(fields => Object.keys(fields).length <= 100, 'At most 100 fields'),
)
const tags = z.array(line(60)).max(50)
const body = personal(z.string().min(1, 'Write something first').max(200_000))
const markup = personal(text(400_000))

export const cases = {
  list: operation({
    method: 'GET',
    path: '/api/cases',
    permission: 'case.read',
    summary: 'Cases one may see, of a view or filtered, in the order of the view',
    input: z.object({
      ...paging,
      view: Id.optional(),
      status: z.union([Status, z.literal('active')]).optional(),
      kind: GivenKind.optional(),
      /** Only cases in which somebody waits for us. */
      waiting: z.literal('true').optional(),
      /** Only cases that are asleep, which the queue leaves out. */
      snoozed: z.literal('true').optional(),
      /** `available`: mine, or nobody's yet. */
      assignee: z.union([z.literal('me'), z.literal('none'), z.literal('available'), Id]).optional(),
      team: Id.optional(),
      requester: Id.optional(),
      product: Id.optional(),
      sort: Sort.optional(),
      /** One group of the list: what it is grouped by, and which; `none` where there is no value. */
      groupBy: GroupBy.optional(),
      group: z.string().max(100).optional(),
    }),
    output: page(CaseLine),
  }),
  open: operation({
    method: 'POST',
    path: '/api/cases',
    permission: 'case.open',
    summary: 'Open a case: what a customer, outside or inside, said, by whatever channel',
    input: z.object({
      subject: personal(line(300)),
      kind: GivenKind.default('enquiry'),
      channel: GivenChannel.default('api'),
      stage: Stage.nullable().default(null),
      topicId: Id.nullable().default(null),
      /** What it is about, of the catalogue. */
      productId: Id.nullable().default(null),
      severity: z.number().int().min(1).max(4).default(2),
      requester: z.union([
        z.strictObject({ personId: Id }),
        z
          .strictObject({
            name: personal(line(200)).optional(),
            email: personal(z.email('This is not an e-mail address').max(254)).optional(),
            phone: personal(line(40)).optional(),
            card: personal(line(60)).optional(),
            typeId: Id.optional(),
          })
          .refine(
            who => who.name ?? who.email ?? who.phone ?? who.card,
            'Say at least a name, e-mail, telephone or card number',
          ),
      ]),
      message: z.strictObject({ text: body, attachmentIds: z.array(Id).max(20).default([]) }),
      teamId: Id.nullable().default(null),
      assigneeId: z
        .union([Id, z.literal('me')])
        .nullable()
        .default(null),
      confidential: z.boolean().default(false),
      tags: tags.default([]),
      custom: custom.default({}),
      /** Set when it was settled on the spot. */
      solved: z.boolean().default(false),
    }),
    output: z.object({ id: Id, number: Id }),
    status: 201,
    bodyLimit: 1_048_576,
  }),
  get: operation({
    method: 'GET',
    path: '/api/cases/:id',
    permission: 'case.read',
    summary: 'Read one case with its people and what one may do',
    input: z.object({ id: Id }),
    output: Case,
    leavesTrace: true,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/cases/:id',
    permission: 'case.handle',
    summary: 'Change fields of a case; with a version, only if nobody changed it meanwhile',
    input: z.object({
      id: Id,
      version: z.number().int().optional(),
      subject: personal(line(300)).optional(),
      kind: GivenKind.optional(),
      status: Status.optional(),
      stage: Stage.nullable().optional(),
      topicId: Id.nullable().optional(),
      productId: Id.nullable().optional(),
      severity: z.number().int().min(1).max(4).optional(),
      teamId: Id.nullable().optional(),
      assigneeId: z
        .union([Id, z.literal('me')])
        .nullable()
        .optional(),
      confidential: z.boolean().optional(),
      tags: tags.optional(),
      custom: custom.optional(),
      /** With status solved: ask the customer by mail whether the need was met. */
      askIfMet: z.boolean().optional(),
      /** What the customer said themselves, at the counter or on the phone. */
      needMet: Met.optional(),
      /** With status solved: promise to look in again within so many minutes of working time. */
      checkBackMinutes: z.number().int().min(1).max(100_000).optional(),
    }),
    output: Case,
  }),
  messages: operation({
    method: 'GET',
    path: '/api/cases/:id/messages',
    permission: 'case.read',
    summary: 'Messages and notes of a case, oldest first',
    input: z.object({
      id: Id,
      limit: pageSize(100),
      cursor: z.string().max(500).optional(),
    }),
    output: page(Message),
  }),
  write: operation({
    method: 'POST',
    path: '/api/cases/:id/messages',
    permission: 'case.handle',
    summary:
      'Answer the customer, or note something for colleagues; stopped (409) if somebody else answered since seenMessageId',
    input: z.object({
      id: Id,
      kind: z.enum(['reply', 'note']),
      /** Plain text; made from `html` where that is given. */
      text: body.optional(),
      /** With formatting: sanitised, and sent beside the text. Pictures stand in it as `/api/attachments/:id`. */
      html: markup.optional(),
      /** Which conversation of the case it goes to; the first with the customer where nothing is said. */
      conversationId: Id.optional(),
      /** Who of those copied in gets this one; all of them where nothing is said. */
      copiedIds: z.array(Id).max(50).optional(),
      /** Who is copied in from now on. */
      copyTo: z
        .array(
          z.strictObject({
            name: personal(line(200)).optional(),
            address: personal(z.email('This is not an e-mail address').max(254)),
          }),
        )
        .max(10)
        .optional(),
      /** Goes out at this moment rather than as soon as it can no longer be taken back. */
      sendAt: z.iso.datetime({ offset: true }).optional(),
      /** The last message the writer had seen. */
      seenMessageId: Id.nullable().optional(),
      /** Status to set with it. */
      status: Status.optional(),
      attachmentIds: z.array(Id).max(20).default([]),
      /** Reply by letter or phone: noted, not delivered. */
      channel: GivenChannel.optional(),
      mentionIds: z.array(Id).max(50).default([]),
      /** With a reply that solves: ask the customer by mail, after the reply went out, whether the need was met. */
      askIfMet: z.boolean().optional(),
      /** With a reply that solves: what the customer said themselves. */
      needMet: Met.optional(),
    }),
    output: Message,
    status: 201,
    bodyLimit: 1_048_576,
  }),
  undoMessage: operation({
    method: 'POST',
    path: '/api/messages/:id/undo',
    permission: 'case.handle',
    summary:
      'Take back a reply that has not gone out yet; its text becomes the draft again, its files can be used again',
    input: z.object({ id: Id }),
    output: Draft,
  }),
  receive: operation({
    method: 'POST',
    path: '/api/cases/:id/received',
    permission: 'case.handle',
    summary: 'Log what the customer said next, by phone, face to face or letter',
    input: z.object({ id: Id, channel: GivenChannel, text: body, attachmentIds: z.array(Id).max(20).default([]) }),
    output: Message,
    status: 201,
    bodyLimit: 1_048_576,
  }),
  timeline: operation({
    method: 'GET',
    path: '/api/cases/:id/timeline',
    permission: 'case.read',
    summary: 'What happened to a case, oldest first, in words',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(TimelineEntry) }),
  }),
  seen: operation({
    method: 'PUT',
    path: '/api/cases/:id/seen',
    permission: 'case.read',
    summary: 'I have seen the case up to a message',
    input: z.object({ id: Id, messageId: Id }),
    output: Done,
  }),
  presence: operation({
    method: 'POST',
    path: '/api/cases/:id/presence',
    permission: 'case.read',
    summary: 'I am looking at, or writing in, a case; answers who else is',
    input: z.object({ id: Id, doing: z.enum(['viewing', 'writing', 'left']) }),
    output: z.object({
      others: z.array(z.object({ staffId: Id, name: personal(z.string()), doing: z.enum(['viewing', 'writing']) })),
    }),
  }),
  follow: operation({
    method: 'PUT',
    path: '/api/cases/:id/follow',
    permission: 'case.read',
    summary: 'Follow a case or stop following it',
    input: z.object({ id: Id, following: z.boolean() }),
    output: Done,
  }),
  drafts: operation({
    method: 'GET',
    path: '/api/cases/:id/drafts',
    permission: 'case.handle',
    summary: 'My drafts in a case',
    input: z.object({ id: Id }),
    output: z.object({
      items: z.array(Draft),
      others: z.array(z.object({ name: personal(z.string()), kind: z.enum(['reply', 'note']), updatedAt: Moment })),
    }),
  }),
  saveDraft: operation({
    method: 'PUT',
    path: '/api/cases/:id/drafts/:kind',
    permission: 'case.handle',
    summary: 'Keep the text I am writing; empty text removes it',
    input: z.object({
      id: Id,
      kind: z.enum(['reply', 'note']),
      text: personal(text(200_000)),
      html: markup.nullable().default(null),
      seenMessageId: Id.nullable().default(null),
    }),
    output: z.object({ saved: z.boolean(), version: z.number().nullable() }),
    bodyLimit: 1_048_576,
  }),
  views: operation({
    method: 'GET',
    path: '/api/views',
    permission: 'case.read',
    summary: 'My views and the shared ones',
    input: z.object({}),
    output: z.object({ items: z.array(View) }),
  }),
  counts: operation({
    method: 'GET',
    path: '/api/views/counts',
    permission: 'case.read',
    summary: 'How many cases each view and each built-in filter holds, counted up to 100',
    input: z.object({}),
    output: z.object({
      items: z.array(z.object({ viewId: Id, count: z.number(), capped: z.boolean() })),
      builtIn: z.array(z.object({ key: z.enum(countedFilters), count: z.number(), capped: z.boolean() })),
    }),
  }),
  addView: operation({
    method: 'POST',
    path: '/api/views',
    permission: 'case.read',
    summary: 'Save a view; sharing needs view.share',
    input: z.object({
      name: line(100),
      condition: Condition,
      sort: Sort.default('urgency'),
      columns: Columns.default([]),
      groupBy: GroupBy.nullable().default(null),
      layout: Layout.default('list'),
      shared: z.boolean().default(false),
      teamId: Id.nullable().default(null),
    }),
    output: View,
    status: 201,
  }),
  changeView: operation({
    method: 'PATCH',
    path: '/api/views/:id',
    permission: 'case.read',
    summary: 'Change a view',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      condition: Condition.optional(),
      sort: Sort.optional(),
      columns: Columns.optional(),
      groupBy: GroupBy.nullable().optional(),
      layout: Layout.optional(),
      /** With a team, shared with that team alone; `false` makes it one's own. Needs view.share. */
      shared: z.boolean().optional(),
      teamId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: View,
  }),
  removeView: operation({
    method: 'DELETE',
    path: '/api/views/:id',
    permission: 'case.read',
    summary: 'Remove a view',
    input: z.object({ id: Id }),
    output: Done,
  }),
  fields: operation({
    method: 'GET',
    path: '/api/cases/fields',
    permission: 'case.read',
    summary: 'What conditions can be made of: fields, their types and choices',
    input: z.object({}),
    output: z.object({
      items: z.array(
        z.object({ key: z.string(), label: z.string(), type: z.string(), choices: z.array(z.string()).optional() }),
      ),
    }),
  }),
  topics: operation({
    method: 'GET',
    path: '/api/topics',
    permission: 'signed-in',
    summary: 'The one list of topics',
    input: z.object({}),
    output: z.object({ items: z.array(z.object({ id: Id, key: z.string(), name: z.string() })) }),
  }),
  customFields: operation({
    method: 'GET',
    path: '/api/custom-fields',
    permission: 'signed-in',
    summary: 'Declared custom fields of cases',
    input: z.object({}),
    output: z.object({ items: z.array(CustomField) }),
  }),
  addCustomField: operation({
    method: 'POST',
    path: '/api/custom-fields',
    permission: 'settings.edit',
    summary: 'Declare a custom field',
    input: z.object({
      key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _ only'),
      label: line(100),
      type: z.enum(['text', 'number', 'flag', 'choice', 'date']),
      choices: z.array(line(100)).max(100).default([]),
      kinds: z.array(CaseKind).default([]),
    }),
    output: CustomField,
    status: 201,
  }),
  attach: operation({
    method: 'POST',
    path: '/api/cases/:id/attachments',
    permission: 'case.handle',
    summary: 'Upload one file (multipart field "file"); use its id in the next message',
    input: z.object({ id: Id }),
    output: Attachment,
    status: 201,
    bodyLimit: 26_214_400,
  }),
  attachToDraft: operation({
    method: 'POST',
    path: '/api/cases/:id/drafts/:kind/attachments',
    permission: 'case.handle',
    summary: 'Upload one file (multipart field "file") for what I am writing; it stays with the draft until it is sent',
    input: z.object({ id: Id, kind: z.enum(['reply', 'note']) }),
    output: Attachment,
    status: 201,
    bodyLimit: 26_214_400,
  }),
  attachNew: operation({
    method: 'POST',
    path: '/api/attachments',
    permission: 'case.open',
    summary: 'Upload one file for a case that is about to be opened',
    input: z.object({}),
    output: Attachment,
    status: 201,
    bodyLimit: 26_214_400,
  }),
  detach: operation({
    method: 'DELETE',
    path: '/api/attachments/:id',
    permission: 'signed-in',
    summary: 'Remove a file that I uploaded and have not sent',
    input: z.object({ id: Id }),
    output: Done,
  }),
  attachment: operation({
    method: 'GET',
    path: '/api/attachments/:id',
    permission: 'case.read',
    summary: 'Download an attachment of a case one may see',
    input: z.object({ id: Id }),
    output: z.unknown(),
  }),
  messageHtml: operation({
    method: 'GET',
    path: '/api/messages/:id/html',
    permission: 'case.read',
    summary: 'The formatted message as a sandboxed page; images=1 lets remote images load',
    input: z.object({ id: Id, images: z.enum(['0', '1']).default('0') }),
    output: z.unknown(),
  }),
  search: operation({
    method: 'GET',
    path: '/api/search',
    permission: 'case.read',
    summary:
      'Search cases, messages and people one may see: words, "phrases", prefix*, -not, status:open, requester:name, a number',
    input: z.object({ q: personal(z.string().max(500)), limit: pageSize(20, 100) }),
    output: z.object({
      items: z.array(
        z.object({
          type: z.enum(['case', 'person']),
          id: Id,
          title: personal(z.string()),
          excerpt: personal(z.string()),
          status: Status.nullable(),
          at: Moment.nullable(),
        }),
      ),
    }),
  }),
  exportCases: operation({
    method: 'GET',
    path: '/api/cases/export',
    permission: 'case.export',
    summary: 'Every case one may see, as lines of JSON',
    input: z.object({}),
    output: z.unknown(),
  }),
  closingCheck: operation({
    method: 'GET',
    path: '/api/closing-checks/:token',
    permission: 'public',
    summary: 'What the customer is asked; reading records nothing',
    input: z.object({ token: line(200) }),
    output: z.object({ organisation: z.string(), subject: personal(z.string()), answered: Met.nullable() }),
  }),
  answerClosingCheck: operation({
    method: 'POST',
    path: '/api/closing-checks/:token',
    permission: 'public',
    summary: 'The customer says whether the need was met; "no" opens the case again',
    input: z.object({ token: line(200), met: Met, remark: personal(text(4000)).default('') }),
    output: Done,
  }),
}
