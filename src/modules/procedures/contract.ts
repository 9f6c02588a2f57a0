import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { CaseProcedure, Content, Phrasing, Procedure, ProcedureLine, Step, StepKey, Value } from './contract-shapes.ts'

const seen = { id: Id, version: z.number().int().optional() }

export const procedures = {
  procedures: operation({
    method: 'GET',
    path: '/api/procedures',
    permission: 'knowledge.read',
    summary: 'Procedures in their order: what is done in which cases, and how often it was',
    input: z.object({ ...paging, ended: z.enum(['true']).optional() }),
    output: page(ProcedureLine),
  }),
  procedure: operation({
    method: 'GET',
    path: '/api/procedures/:id',
    permission: 'knowledge.read',
    summary: 'A procedure: as it is being written, and as it is in force',
    input: z.object({ id: Id }),
    output: Procedure,
  }),
  addProcedure: operation({
    method: 'POST',
    path: '/api/procedures',
    permission: 'knowledge.edit',
    summary: 'Begin a procedure as a draft',
    input: z.object({
      name: line(100),
      condition: Condition.default({ all: [] }),
      steps: z.array(Step).max(40).default([]),
      phrases: z.array(Phrasing).max(40).default([]),
    }),
    output: Procedure,
    status: 201,
  }),
  changeProcedure: operation({
    method: 'PATCH',
    path: '/api/procedures/:id',
    permission: 'knowledge.edit',
    summary: 'Change the draft of a procedure, who owns it, or its place; what is in force stays until it is published',
    input: z.object({
      ...seen,
      name: line(100).optional(),
      condition: Condition.optional(),
      steps: z.array(Step).max(40).optional(),
      phrases: z.array(Phrasing).max(40).optional(),
      ownerId: Id.optional(),
      position: z.number().int().min(0).max(100_000).optional(),
      /** Out of use, or back. Cases that began with it keep it. */
      ended: z.boolean().optional(),
    }),
    output: Procedure,
  }),
  publishProcedure: operation({
    method: 'POST',
    path: '/api/procedures/:id/publish',
    permission: 'knowledge.approve',
    summary: 'Put the draft in force as the next version; cases that are being handled stay with theirs',
    input: z.object({ ...seen, note: text(300).trim().default('') }),
    output: Procedure,
  }),
  procedureVersions: operation({
    method: 'GET',
    path: '/api/procedures/:id/versions',
    permission: 'knowledge.read',
    summary: 'What was in force since when, the newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(
      z.object({
        number: z.number().int(),
        content: Content,
        note: z.string(),
        at: Moment,
        by: z.string(),
      }),
    ),
  }),
  proceduresOfCase: operation({
    method: 'GET',
    path: '/api/cases/:id/procedures',
    permission: 'case.read',
    summary: 'The procedures for a case with their steps: what was done, by whom and when, and what is missing',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(CaseProcedure) }),
  }),
  markStep: operation({
    method: 'POST',
    path: '/api/cases/:id/procedure-steps',
    permission: 'case.handle',
    summary: 'Note that a step was done, with what was found out; left out, with the reason; or not done after all',
    input: z.object({
      id: Id,
      procedureId: Id,
      step: StepKey,
      outcome: z.enum(['done', 'skipped', 'undone']).default('done'),
      value: Value.nullable().optional(),
      note: personal(text(500)).trim().default(''),
      /** For a step that promises: another time than usual. */
      dueAt: z.iso.datetime({ offset: true }).optional(),
      withinMinutes: z.number().int().min(1).max(1_000_000).optional(),
      /** For a step that asks the customer: sends this as a reply. Without it the question was put elsewhere. */
      message: personal(text(10_000)).trim().optional(),
    }),
    output: z.object({ items: z.array(CaseProcedure) }),
  }),
}
