import * as z from 'zod'
import { Done, Id, line, Moment, operation, paging, personal, text } from '../../shared/contract.ts'
import { Attachment, CaseKind, GivenKind, Met, Status } from '../cases/contract.ts'

/** A case as the customer sees it: no notes, no names of teams, no urgency. */
export const PortalCase = z.object({
  id: Id,
  subject: personal(z.string()),
  status: Status,
  openedAt: Moment,
  lastAt: Moment,
  requester: personal(z.string()),
  /** False where a colleague's case is shown because the organisation shares them. */
  own: z.boolean(),
})
export type PortalCase = z.infer<typeof PortalCase>

export const PortalMessage = z.object({
  id: Id,
  fromUs: z.boolean(),
  /** Said on the telephone or at the counter, or read in a letter: in the words of whoever of us wrote it down. */
  noted: z.boolean(),
  from: personal(z.string()),
  text: personal(z.string()),
  at: Moment,
  attachments: z.array(Attachment.pick({ id: true, name: true, type: true, size: true })),
})
export type PortalMessage = z.infer<typeof PortalMessage>

export const PortalTalk = PortalCase.extend({
  messages: z.array(PortalMessage),
  needMet: Met.nullable(),
  /** Only whoever takes part may write; only whoever opened it may withdraw. */
  can: z.array(z.enum(['write', 'withdraw', 'say_met'])),
})
export type PortalTalk = z.infer<typeof PortalTalk>

export const PortalSettings = z.object({
  open: z.boolean(),
  intro: z.string(),
  kinds: z.array(CaseKind),
  teamId: Id.nullable(),
  address: z.string(),
  version: z.number(),
})
export type PortalSettings = z.infer<typeof PortalSettings>

const email = personal(z.email('This is not an e-mail address').max(254))
const said = personal(z.string().trim().min(1, 'Write something first').max(50_000))
const files = z.array(Id).max(20).default([])
const list = z.object({ items: z.array(PortalCase), next: z.string().nullable() })
const { cursor } = paging

export const portal = {
  front: operation({
    method: 'GET',
    path: '/api/portal',
    permission: 'public',
    summary: 'What the public form offers, and whether somebody is there now',
    input: z.object({}),
    output: z.object({
      organisation: z.string(),
      open: z.boolean(),
      intro: z.string(),
      kinds: z.array(CaseKind),
      openNow: z.boolean(),
      opensAt: Moment.nullable(),
    }),
  }),
  ask: operation({
    method: 'POST',
    path: '/api/portal/cases',
    permission: 'public',
    summary: 'Write to the organisation without an account',
    input: z.object({
      name: personal(line(200)),
      email,
      kind: GivenKind.default('enquiry'),
      subject: personal(line(300)),
      text: said,
    }),
    output: z.object({ number: Id }),
    status: 201,
  }),
  askCode: operation({
    method: 'POST',
    path: '/api/portal/codes',
    permission: 'public',
    summary: 'Have a one-time code sent; the answer is the same whether the address is known or not',
    input: z.object({ email }),
    output: Done,
  }),
  signIn: operation({
    method: 'POST',
    path: '/api/portal/sessions',
    permission: 'public',
    summary: 'Exchange the code for a session, sent as X-Portal-Session from then on',
    input: z.object({ email, code: z.string().trim().max(20) }),
    output: z.object({ session: z.string(), name: personal(z.string()), expiresAt: Moment }),
    status: 201,
  }),
  signOut: operation({
    method: 'DELETE',
    path: '/api/portal/sessions',
    permission: 'public',
    summary: 'End the session',
    input: z.object({}),
    output: Done,
  }),
  cases: operation({
    method: 'GET',
    path: '/api/portal/cases',
    permission: 'public',
    summary: 'My cases, and those of my organisation where it shares them',
    input: z.object({ cursor }),
    output: list,
  }),
  case: operation({
    method: 'GET',
    path: '/api/portal/cases/:id',
    permission: 'public',
    summary: 'One case I take part in, with what was said',
    input: z.object({ id: Id }),
    output: PortalTalk,
  }),
  write: operation({
    method: 'POST',
    path: '/api/portal/cases/:id/messages',
    permission: 'public',
    summary: 'Say more in a case; a settled one opens again',
    input: z.object({ id: Id, text: said }),
    output: z.object({ id: Id }),
    status: 201,
  }),
  withdraw: operation({
    method: 'POST',
    path: '/api/portal/cases/:id/withdraw',
    permission: 'public',
    summary: 'Nothing more is needed',
    input: z.object({ id: Id }),
    output: Done,
  }),
  met: operation({
    method: 'POST',
    path: '/api/portal/cases/:id/met',
    permission: 'public',
    summary: 'Was the need met? Not, or only partly, opens the case again',
    input: z.object({ id: Id, met: Met, remark: personal(text(4000)).default('') }),
    output: Done,
  }),
  settings: operation({
    method: 'GET',
    path: '/api/portal/settings',
    permission: 'settings.read',
    summary: 'How the public form is set up',
    input: z.object({}),
    output: PortalSettings,
  }),
  changeSettings: operation({
    method: 'PATCH',
    path: '/api/portal/settings',
    permission: 'settings.edit',
    summary: 'Change the public form',
    input: z.object({
      open: z.boolean().optional(),
      intro: text(2000).optional(),
      kinds: z.array(CaseKind).min(1, 'Offer at least one kind').optional(),
      teamId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: PortalSettings,
  }),
  requests: operation({
    method: 'GET',
    path: '/api/requests',
    permission: 'signed-in',
    summary: 'What I asked of other departments, as their customer',
    input: z.object({ cursor }),
    output: list,
  }),
  raise: operation({
    method: 'POST',
    path: '/api/requests',
    permission: 'signed-in',
    summary: 'Ask something of another department',
    input: z.object({
      teamId: Id.nullable().default(null),
      kind: GivenKind.default('request'),
      subject: personal(line(300)),
      text: said,
      attachmentIds: files,
    }),
    output: z.object({ id: Id }),
    status: 201,
  }),
  attachToRequest: operation({
    method: 'POST',
    path: '/api/requests/files',
    permission: 'signed-in',
    summary: 'Upload one file (multipart field "file"); use its id in what I ask or say next',
    input: z.object({}),
    output: Attachment,
    status: 201,
    bodyLimit: 26_214_400,
  }),
  requestFile: operation({
    method: 'GET',
    path: '/api/requests/:id/files/:fileId',
    permission: 'signed-in',
    summary: 'A file that was sent in a request of mine',
    input: z.object({ id: Id, fileId: Id }),
    output: z.unknown(),
  }),
  request: operation({
    method: 'GET',
    path: '/api/requests/:id',
    permission: 'signed-in',
    summary: 'One of my requests, as its customer sees it',
    input: z.object({ id: Id }),
    output: PortalTalk,
  }),
  answerRequest: operation({
    method: 'POST',
    path: '/api/requests/:id/messages',
    permission: 'signed-in',
    summary: 'Say more in a request of mine',
    input: z.object({ id: Id, text: said, attachmentIds: files }),
    output: z.object({ id: Id }),
    status: 201,
  }),
  withdrawRequest: operation({
    method: 'POST',
    path: '/api/requests/:id/withdraw',
    permission: 'signed-in',
    summary: 'My request is no longer needed',
    input: z.object({ id: Id }),
    output: Done,
  }),
  confirmRequest: operation({
    method: 'POST',
    path: '/api/requests/:id/met',
    permission: 'signed-in',
    summary: 'Was what I asked for done?',
    input: z.object({ id: Id, met: Met, remark: personal(text(4000)).default('') }),
    output: Done,
  }),
}
