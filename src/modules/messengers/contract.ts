import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal } from '../../shared/contract.ts'

export const messengerKinds = ['twilio_sms', 'twilio_whatsapp', 'whatsapp', 'telegram'] as const
export const MessengerKind = z.enum(messengerKinds)
export type MessengerKind = z.infer<typeof MessengerKind>

/** What an account of each kind needs, beside its name and our address there. Secrets go in and never come out again. */
export const accountFields = {
  twilio_sms: { settings: ['accountSid'], secrets: ['authToken'] },
  twilio_whatsapp: { settings: ['accountSid'], secrets: ['authToken'] },
  whatsapp: { settings: ['phoneNumberId'], secrets: ['accessToken', 'appSecret', 'verifyToken'] },
  telegram: { settings: [], secrets: ['botToken'] },
} as const satisfies Record<MessengerKind, { settings: readonly string[]; secrets: readonly string[] }>

export const Messenger = z.object({
  id: Id,
  kind: MessengerKind,
  name: z.string(),
  address: z.string(),
  settings: z.record(z.string(), z.string()),
  /** What the provider is to call. */
  hookUrl: z.string(),
  teamId: Id.nullable(),
  lastHeardAt: Moment.nullable(),
  lastError: z.string().nullable(),
  lastErrorAt: Moment.nullable(),
  /** Messages that came in and could not be taken up yet. */
  waiting: z.number(),
  version: z.number(),
})
export type Messenger = z.infer<typeof Messenger>

/** Whether and until when one may write to somebody by the messenger they came by. */
export const Reachable = z.object({
  /** none: this case did not come by a messenger. */
  state: z.enum(['none', 'open', 'closed', 'stopped']),
  kind: MessengerKind.nullable(),
  channel: z.enum(['text_message', 'social']).nullable(),
  account: z.string().nullable(),
  address: personal(z.string()).nullable(),
  /** One may write freely until then; null: without an end. */
  until: Moment.nullable(),
  /** Characters a message may have. */
  longest: z.number().nullable(),
  files: z.boolean(),
})
export type Reachable = z.infer<typeof Reachable>

const settings = z.record(z.string().max(40), z.string().trim().max(500))
/** Named so that it is taken as it is: no secret is searched for card numbers, and none is logged. */
const token = z.record(z.string().max(40), z.string().trim().max(2000))

export const messengers = {
  list: operation({
    method: 'GET',
    path: '/api/messengers',
    permission: 'settings.read',
    summary: 'Accounts for text messages, WhatsApp and Telegram',
    input: z.object({}),
    output: z.object({ items: z.array(Messenger) }),
  }),
  add: operation({
    method: 'POST',
    path: '/api/messengers',
    permission: 'mail.edit',
    summary: 'Add an account; its secrets are sealed and never shown again',
    input: z.object({
      kind: MessengerKind,
      name: line(100),
      address: line(100),
      settings: settings.default({}),
      token,
      teamId: Id.nullable().default(null),
    }),
    output: Messenger,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/messengers/:id',
    permission: 'mail.edit',
    summary: 'Change or end an account; secrets that are left out stay',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      address: line(100).optional(),
      settings: settings.optional(),
      token: token.optional(),
      teamId: Id.nullable().optional(),
      ended: z.boolean().optional(),
      version: z.number().int().optional(),
    }),
    output: Messenger,
  }),
  check: operation({
    method: 'POST',
    path: '/api/messengers/:id/check',
    permission: 'mail.edit',
    summary: 'Ask the provider whether the account works; tells Telegram where to call',
    input: z.object({ id: Id }),
    output: Done,
  }),
  reachable: operation({
    method: 'GET',
    path: '/api/cases/:id/messenger',
    permission: 'case.read',
    summary: 'Whether, and until when, one may answer a case by the messenger it came by',
    input: z.object({ id: Id }),
    output: Reachable,
  }),
}
