import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal, text } from '../../shared/contract.ts'
import { Attachment } from '../cases/contract.ts'
import { PortalMessage, PortalTalk } from '../portal/contract.ts'

/**
 * The conversation in the window. Of the visitor it says nothing but what they wrote: whoever types an address must not
 * learn whose it is.
 */
export const WidgetTalk = PortalTalk.pick({ id: true, status: true }).extend({
  messages: z.array(PortalMessage.extend({ from: personal(z.string()).nullable() })),
  /** An answer reaches the visitor by mail when they have left. */
  byMail: z.boolean(),
})

/** What the window shows before anything is said. */
export const Front = z.object({
  organisation: z.string(),
  greeting: z.string(),
  colour: z.string(),
  openNow: z.boolean(),
  opensAt: Moment.nullable(),
  /** A member of staff has the workspace open. */
  staffHere: z.boolean(),
})
export type Front = z.infer<typeof Front>

export const Site = z.object({
  id: Id,
  name: z.string(),
  origin: z.string(),
  key: z.string(),
  teamId: Id.nullable(),
  greeting: z.string(),
  colour: z.string(),
  /** What goes into the pages of the site. */
  snippet: z.string(),
  version: z.number(),
})
export type Site = z.infer<typeof Site>

const key = z.string().regex(/^[\w-]{10,40}$/, 'This is not the key of a site')
const origin = z
  .string()
  .max(200)
  .refine(value => {
    if (!URL.canParse(value)) return false
    const url = new URL(value)
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === value.replace(/\/$/, '')
  }, 'The address of a site without a path, such as https://shop.example')
  .transform(value => new URL(value).origin)
const colour = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'A colour such as #156c5f')
  .transform(value => value.toLowerCase())
/** May be empty where files are sent. */
const said = personal(z.string().trim().max(10_000))
const session = z.string().regex(/^[\w-]{43}$/, 'A session is 32 random bytes as base64url')
const fileIds = z.array(Id).max(10, 'Send ten files at most with one message').default([])

export const widget = {
  front: operation({
    method: 'GET',
    path: '/api/widget/:key',
    permission: 'public',
    summary: 'What the window on a website shows: greeting, hours, whether somebody is there',
    input: z.object({ key }),
    output: Front,
  }),
  begin: operation({
    method: 'POST',
    path: '/api/widget/:key/talks',
    permission: 'public',
    summary: 'Begin a conversation; `identity` is a token (HS256) that the website signed for its customer',
    input: z.object({
      key,
      name: personal(line(200)).optional(),
      email: personal(z.email('This is not an e-mail address').max(254)).optional(),
      text: said,
      fileIds,
      identity: z.string().max(4000).optional(),
      /** Made by whoever begins: when the answer was lost and it is sent again, nothing begins twice. */
      session: session.optional(),
    }),
    output: z.object({ session: z.string(), number: Id }),
    status: 201,
  }),
  upload: operation({
    method: 'POST',
    path: '/api/widget/:key/files',
    permission: 'public',
    summary: 'Upload one file (multipart field "file") for what the session in X-Widget-Session says next, or first',
    input: z.object({ key }),
    output: Attachment.pick({ id: true, name: true, type: true, size: true }),
    status: 201,
    bodyLimit: 26_214_400,
  }),
  removeUpload: operation({
    method: 'DELETE',
    path: '/api/widget/:key/files/:id',
    permission: 'public',
    summary: 'Take back a file that was uploaded and not sent',
    input: z.object({ key, id: Id }),
    output: Done,
  }),
  talk: operation({
    method: 'GET',
    path: '/api/widget-talk',
    permission: 'public',
    summary: 'The conversation of the session in X-Widget-Session',
    input: z.object({}),
    output: WidgetTalk,
  }),
  file: operation({
    method: 'GET',
    path: '/api/widget-talk/files/:id',
    permission: 'public',
    summary: 'A file that was sent in the conversation',
    input: z.object({ id: Id }),
    output: z.unknown(),
  }),
  say: operation({
    method: 'POST',
    path: '/api/widget-talk/messages',
    permission: 'public',
    summary: 'Say more in the conversation; with an Idempotency-Key it is said once, however often it is sent',
    input: z.object({ text: said, fileIds }),
    output: z.object({ id: Id }),
    status: 201,
  }),
  seen: operation({
    method: 'POST',
    path: '/api/widget-talk/seen',
    permission: 'public',
    summary: 'The visitor has seen the answers up to a message: they are not sent by mail',
    input: z.object({ messageId: Id }),
    output: Done,
  }),
  leaveAddress: operation({
    method: 'POST',
    path: '/api/widget-talk/address',
    permission: 'public',
    summary: 'Where the conversation goes on when the visitor leaves',
    input: z.object({ email: personal(z.email('This is not an e-mail address').max(254)) }),
    output: Done,
  }),
  sites: operation({
    method: 'GET',
    path: '/api/widget-sites',
    permission: 'settings.read',
    summary: 'The websites that show the window',
    input: z.object({}),
    output: z.object({ items: z.array(Site) }),
  }),
  addSite: operation({
    method: 'POST',
    path: '/api/widget-sites',
    permission: 'settings.edit',
    summary: 'Let a website show the window; the secret for signing its customers is told once',
    input: z.object({
      name: line(100),
      origin,
      teamId: Id.nullable().default(null),
      greeting: text(500).default(''),
      colour: colour.default('#156c5f'),
    }),
    output: Site.extend({ secret: z.string() }),
    status: 201,
  }),
  changeSite: operation({
    method: 'PATCH',
    path: '/api/widget-sites/:id',
    permission: 'settings.edit',
    summary: 'Change or end a site; `newSecret` makes a new one and ends the old',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      origin: origin.optional(),
      teamId: Id.nullable().optional(),
      greeting: text(500).optional(),
      colour: colour.optional(),
      newSecret: z.literal(true).optional(),
      ended: z.literal(true).optional(),
      version: z.number().int().optional(),
    }),
    output: Site.extend({ secret: z.string().nullable() }),
  }),
}
