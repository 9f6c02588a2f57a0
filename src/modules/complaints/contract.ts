import * as z from 'zod'
import { Id, line, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Cause, Complaint, Decision, Ending, RegimeShown, Row } from './contract-shapes.ts'

export * from './contract-shapes.ts'

const Day = z.iso.date()
const at = { id: Id }
const base = '/api/cases/:id/complaint'
const handle = 'case.handle'
const version = z.number().int().optional()

const about = {
  oral: z.boolean(),
  eventOn: Day.nullable(),
  /** What they want done. */
  wants: personal(text(5000)),
  aboutStaffIds: z.array(Id).max(20),
  anonymous: z.boolean(),
  onBehalf: personal(text(500)),
  severity: z.number().int().min(1).max(4),
  safety: z.boolean(),
  immediateAction: personal(text(5000)),
}

export const complaints = {
  regimes: operation({
    method: 'GET',
    path: '/api/complaint-regimes',
    permission: 'case.read',
    summary: 'By which rules complaints are answered: stages, clocks and where people can turn afterwards',
    input: z.object({}),
    output: z.object({ items: z.array(RegimeShown) }),
  }),
  list: operation({
    method: 'GET',
    path: '/api/complaints',
    permission: 'case.read',
    summary: 'Complaints that are open, those due first, or that are closed, latest first',
    input: z.object({ ...paging, state: z.enum(['open', 'closed']).default('open') }),
    output: page(Row),
  }),
  complaint: operation({
    method: 'GET',
    path: base,
    permission: 'case.read',
    summary: 'The complaint of a case with its stages, clocks and recourse',
    input: z.object(at),
    output: Complaint,
  }),
  begin: operation({
    method: 'POST',
    path: base,
    permission: handle,
    summary: 'A contact becomes a complaint: received when it was first told, whenever that is noticed',
    input: z.object({
      ...at,
      regime: line(40).default('house'),
      receivedOn: Day.optional(),
      oral: about.oral.default(false),
      eventOn: about.eventOn.default(null),
      wants: about.wants.default(''),
      aboutStaffIds: about.aboutStaffIds.default([]),
      anonymous: about.anonymous.default(false),
      onBehalf: about.onBehalf.default(''),
      severity: about.severity.default(2),
      safety: about.safety.default(false),
      immediateAction: about.immediateAction.default(''),
    }),
    output: Complaint,
    status: 201,
  }),
  assess: operation({
    method: 'PATCH',
    path: base,
    permission: handle,
    summary: 'Assess it: severity, safety, what was done at once, what they want, whom it is about',
    input: z.object({
      ...at,
      version,
      wants: about.wants.optional(),
      aboutStaffIds: about.aboutStaffIds.optional(),
      onBehalf: about.onBehalf.optional(),
      severity: about.severity.optional(),
      safety: about.safety.optional(),
      immediateAction: about.immediateAction.optional(),
    }),
    output: Complaint,
  }),
  acknowledge: operation({
    method: 'POST',
    path: `${base}/acknowledge`,
    permission: handle,
    summary: 'Note that it was acknowledged',
    input: z.object({ ...at, on: Day.optional() }),
    output: Complaint,
  }),
  update: operation({
    method: 'POST',
    path: `${base}/update`,
    permission: handle,
    summary: 'Note that they were told how far it is',
    input: z.object({ ...at, on: Day.optional() }),
    output: Complaint,
  }),
  investigate: operation({
    method: 'POST',
    path: `${base}/investigate`,
    permission: handle,
    summary: 'Say who looks into it, and what they found; never somebody whom it is about',
    input: z.object({ ...at, investigatorId: Id.nullable().optional(), findings: personal(text(50_000)).optional() }),
    output: Complaint,
  }),
  respond: operation({
    method: 'POST',
    path: `${base}/respond`,
    permission: handle,
    summary: 'Note the answer of this stage: the decision, its reasons and what is done about it',
    input: z.object({
      ...at,
      decision: Decision,
      reasons: personal(line(50_000)),
      redress: personal(text(5000)).default(''),
      on: Day.optional(),
      letterOn: Day.nullable().default(null),
    }),
    output: Complaint,
  }),
  extend: operation({
    method: 'POST',
    path: `${base}/extend`,
    permission: handle,
    summary: 'Take more time for a clock, as far as its regime allows, with the reason they are told',
    input: z.object({ ...at, clock: line(60), by: z.number().int().min(1).max(366), reason: personal(line(5000)) }),
    output: Complaint,
  }),
  escalate: operation({
    method: 'POST',
    path: `${base}/escalate`,
    permission: handle,
    summary: 'They do not accept the answer: it goes on to the next stage',
    input: z.object({ ...at, on: Day.optional() }),
    output: Complaint,
  }),
  close: operation({
    method: 'POST',
    path: `${base}/close`,
    permission: handle,
    summary: 'Close it: accepted, final, withdrawn, or put right at once; what was not upheld stays open until then',
    input: z.object({ ...at, as: Ending, cause: Cause, on: Day.optional() }),
    output: Complaint,
  }),
}
