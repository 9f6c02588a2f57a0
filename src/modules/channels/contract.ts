import * as z from 'zod'
import { Done, Id, line, Moment, operation, page, paging, personal } from '../../shared/contract.ts'

export const ImapSettings = z.object({
  host: line(253),
  port: z.number().int().min(1).max(65535).default(993),
  secure: z.boolean().default(true),
  user: line(254),
  folder: line(200).default('INBOX'),
})

export const Mailbox = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  kind: z.enum(['listener', 'imap']),
  teamId: Id.nullable(),
  acknowledge: z.boolean(),
  imap: ImapSettings.nullable(),
  lastCheckedAt: Moment.nullable(),
  lastError: z.string().nullable(),
  version: z.number(),
})
export type Mailbox = z.infer<typeof Mailbox>

export const ReceivedMail = z.object({
  id: Id,
  mailboxId: Id,
  receivedAt: Moment,
  sender: personal(z.string()).nullable(),
  subject: personal(z.string()).nullable(),
  size: z.number(),
  state: z.enum(['stored', 'done', 'quarantined', 'discarded']),
  reason: z.string().nullable(),
  caseId: Id.nullable(),
  attempts: z.number(),
})
export type ReceivedMail = z.infer<typeof ReceivedMail>

export const OutgoingMail = z.object({
  id: Id,
  kind: z.enum(['reply', 'acknowledgement', 'closing_check', 'notification', 'sign_in', 'appointment']),
  recipients: z.array(personal(z.string())),
  subject: personal(z.string()),
  state: z.enum(['waiting', 'sent', 'kept', 'failed', 'bounced', 'cancelled']),
  caseId: Id.nullable(),
  attempts: z.number(),
  lastError: personal(z.string()).nullable(),
  createdAt: Moment,
  sentAt: Moment.nullable(),
})
export type OutgoingMail = z.infer<typeof OutgoingMail>

export const MailDay = z.object({
  day: z.string(),
  received: z.number(),
  becameCases: z.number(),
  quarantined: z.number(),
  discarded: z.number(),
  waiting: z.number(),
})

const settings = {
  name: line(100),
  address: z.email('This is not an e-mail address').max(254),
  teamId: Id.nullable().default(null),
  acknowledge: z.boolean().default(true),
}

export const channels = {
  mailboxes: operation({
    method: 'GET',
    path: '/api/mailboxes',
    permission: 'settings.read',
    summary: 'Mailboxes',
    input: z.object({}),
    output: z.object({ items: z.array(Mailbox), listener: z.string().nullable(), outgoing: z.string().nullable() }),
  }),
  addMailbox: operation({
    method: 'POST',
    path: '/api/mailboxes',
    permission: 'mail.edit',
    summary: 'Add a mailbox: an address of our own listener, or an IMAP account',
    input: z.object({
      ...settings,
      kind: z.enum(['listener', 'imap']),
      imap: ImapSettings.nullable().default(null),
      password: z.string().max(500).optional(),
    }),
    output: Mailbox,
    status: 201,
  }),
  changeMailbox: operation({
    method: 'PATCH',
    path: '/api/mailboxes/:id',
    permission: 'mail.edit',
    summary: 'Change a mailbox',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      teamId: Id.nullable().optional(),
      acknowledge: z.boolean().optional(),
      imap: ImapSettings.optional(),
      password: z.string().max(500).optional(),
      ended: z.boolean().optional(),
      version: z.number().int().optional(),
    }),
    output: Mailbox,
  }),
  received: operation({
    method: 'GET',
    path: '/api/mail/received',
    permission: 'mail.read',
    summary: 'Mail that came in, newest first; state=quarantined is what became no case',
    input: z.object({ ...paging, state: z.enum(['stored', 'done', 'quarantined', 'discarded']).optional() }),
    output: page(ReceivedMail),
  }),
  receivedSource: operation({
    method: 'GET',
    path: '/api/mail/received/:id/source',
    permission: 'mail.read',
    summary: 'The original of a mail',
    input: z.object({ id: Id }),
    output: z.unknown(),
    leavesTrace: true,
  }),
  messageSource: operation({
    method: 'GET',
    path: '/api/messages/:id/source',
    permission: 'case.read',
    summary: 'The original mail behind a message of a case one may see',
    input: z.object({ id: Id }),
    output: z.unknown(),
    leavesTrace: true,
  }),
  retryReceived: operation({
    method: 'POST',
    path: '/api/mail/received/:id/retry',
    permission: 'mail.edit',
    summary: 'Try again to read a mail in quarantine',
    input: z.object({ id: Id }),
    output: ReceivedMail,
  }),
  acceptReceived: operation({
    method: 'POST',
    path: '/api/mail/received/:id/accept',
    permission: 'mail.edit',
    summary: 'Turn a mail in quarantine into a case by hand',
    input: z.object({ id: Id, subject: personal(line(300)).optional(), from: personal(z.email()).optional() }),
    output: z.object({ caseId: Id }),
    status: 201,
  }),
  discardReceived: operation({
    method: 'POST',
    path: '/api/mail/received/:id/discard',
    permission: 'mail.edit',
    summary: 'Set a mail in quarantine aside; it stays stored',
    input: z.object({ id: Id }),
    output: Done,
  }),
  outgoing: operation({
    method: 'GET',
    path: '/api/mail/outgoing',
    permission: 'mail.read',
    summary: 'Mail that went out or waits, newest first',
    input: z.object({
      ...paging,
      state: z.enum(['waiting', 'sent', 'kept', 'failed', 'bounced', 'cancelled']).optional(),
    }),
    output: page(OutgoingMail),
  }),
  outgoingSource: operation({
    method: 'GET',
    path: '/api/mail/outgoing/:id/source',
    permission: 'mail.read',
    summary: 'An outgoing mail as it was written',
    input: z.object({ id: Id }),
    output: z.unknown(),
  }),
  retryOutgoing: operation({
    method: 'POST',
    path: '/api/mail/outgoing/:id/retry',
    permission: 'mail.edit',
    summary: 'Send a failed or kept mail again',
    input: z.object({ id: Id }),
    output: OutgoingMail,
  }),
  reconciliation: operation({
    method: 'GET',
    path: '/api/mail/days',
    permission: 'mail.read',
    summary: 'Mail received each day, and what became of it',
    input: z.object({}),
    output: z.object({ items: z.array(MailDay) }),
  }),
}
