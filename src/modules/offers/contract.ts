import * as z from 'zod'
import { Done, Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Met, Status } from '../cases/contract.ts'

/** The types that fields of one's own have. */
export const fieldTypes = ['text', 'number', 'flag', 'choice', 'date'] as const

export const OfferField = z.object({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _'),
  label: line(100),
  type: z.enum(fieldTypes),
  choices: z.array(line(100)).max(50).default([]),
  required: z.boolean().default(false),
})
export type OfferField = z.infer<typeof OfferField>

const shape = {
  teamId: Id,
  name: line(100),
  description: text(2000),
  fields: z.array(OfferField).max(20),
  /** Working minutes; null where only rules for all cases promise something. */
  targetMinutes: z.number().int().min(1).max(1_000_000).nullable(),
  needsApproval: z.boolean(),
}

export const Offer = z.object({
  id: Id,
  ...shape,
  team: z.string(),
  version: z.number().int(),
  /** Of the last 90 days: how often it was asked for, how much of it was done in time, and what was said of it. */
  figures: z.object({
    asked: z.number().int(),
    ended: z.number().int(),
    inTime: z.number().int(),
    yes: z.number().int(),
    partly: z.number().int(),
    no: z.number().int(),
  }),
})
export type Offer = z.infer<typeof Offer>

const Named = z.object({ id: Id, name: personal(z.string()) })
export const requestStates = ['waiting', 'sent', 'declined', 'withdrawn'] as const

export const OfferRequest = z.object({
  id: Id,
  offer: z.object({ id: Id, name: z.string(), team: z.string() }),
  requestedBy: Named,
  requestedAt: Moment,
  answers: z.array(z.object({ label: z.string(), value: personal(z.string()) })),
  note: personal(z.string()),
  state: z.enum(requestStates),
  approver: Named.nullable(),
  decidedBy: Named.nullable(),
  reason: personal(z.string()),
  case: z.object({ id: Id, status: Status, needMet: Met.nullable() }).nullable(),
  dueAt: Moment.nullable(),
  outcome: z.enum(['kept', 'late', 'broken', 'withdrawn']).nullable(),
  version: z.number().int(),
  can: z.array(z.enum(['decide', 'withdraw', 'say_met'])),
})
export type OfferRequest = z.infer<typeof OfferRequest>

const Answer = z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])

export const offers = {
  offers: operation({
    method: 'GET',
    path: '/api/offers',
    permission: 'signed-in',
    summary: 'What departments offer colleagues, with how it went in the last 90 days',
    input: z.object({}),
    output: z.object({ items: z.array(Offer) }),
  }),
  addOffer: operation({
    method: 'POST',
    path: '/api/offers',
    permission: 'settings.edit',
    summary: 'Offer colleagues something, with its form, promise and whether their line manager approves it',
    input: z.object({
      ...shape,
      description: shape.description.default(''),
      fields: shape.fields.default([]),
      targetMinutes: shape.targetMinutes.default(null),
      needsApproval: shape.needsApproval.default(false),
    }),
    output: Offer,
    status: 201,
  }),
  changeOffer: operation({
    method: 'PATCH',
    path: '/api/offers/:id',
    permission: 'settings.edit',
    summary: 'Change an offer, or end it; what was asked for stays as it is',
    input: z.object({
      id: Id,
      teamId: shape.teamId.optional(),
      name: shape.name.optional(),
      description: shape.description.optional(),
      fields: shape.fields.optional(),
      targetMinutes: shape.targetMinutes.optional(),
      needsApproval: shape.needsApproval.optional(),
      ended: z.literal(true).optional(),
      version: z.number().int().optional(),
    }),
    output: z.object({ items: z.array(Offer) }),
  }),
  ask: operation({
    method: 'POST',
    path: '/api/offers/:id/requests',
    permission: 'signed-in',
    summary: 'Ask a department for something it offers; where it needs approval, it goes to my line manager first',
    input: z.object({
      id: Id,
      answers: personal(z.record(z.string().max(40), Answer)).default({}),
      note: personal(text(10_000)).default(''),
    }),
    output: OfferRequest,
    status: 201,
  }),
  requests: operation({
    method: 'GET',
    path: '/api/offer-requests',
    permission: 'signed-in',
    summary: 'What I asked of departments by their offers, or what waits for my approval, newest first',
    input: z.object({ ...paging, whose: z.enum(['mine', 'approve']).default('mine') }),
    output: page(OfferRequest),
  }),
  decide: operation({
    method: 'POST',
    path: '/api/offer-requests/:id/decide',
    permission: 'signed-in',
    summary: 'Approve what somebody who answers to me asks for, or decline it with a reason; never what I asked myself',
    input: z.object({
      id: Id,
      approve: z.boolean(),
      reason: personal(text(2000)).default(''),
      version: z.number().int().optional(),
    }),
    output: OfferRequest,
  }),
  withdraw: operation({
    method: 'POST',
    path: '/api/offer-requests/:id/withdraw',
    permission: 'signed-in',
    summary: 'Take back what I asked for and nobody has approved yet',
    input: z.object({ id: Id }),
    output: Done,
  }),
}
