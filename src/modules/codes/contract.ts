import * as z from 'zod'
import { Id, line, Moment, operation, page, paging, personal, text } from '../../shared/contract.ts'
import { Code, CodeLine, Content, Finding, Law, Level, Measure, Missed, Reading } from './contract-shapes.ts'

const seen = { id: Id, version: z.number().int().optional() }
const placing = { ownerId: Id.optional(), reviewOn: z.iso.date().nullable().optional() }

export const codes = {
  codes: operation({
    method: 'GET',
    path: '/api/codes',
    permission: 'knowledge.read',
    summary: 'Codes of practice by name: what I have to read, who has read them, and how many checks found something',
    input: z.object({
      ...paging,
      level: Level.optional(),
      /** Only those that I am asked to read and have not. */
      toRead: z.enum(['true']).optional(),
      archived: z.enum(['true']).optional(),
    }),
    output: page(CodeLine),
  }),
  code: operation({
    method: 'GET',
    path: '/api/codes/:id',
    permission: 'knowledge.read',
    summary: 'A code of practice with what its checks found',
    input: z.object({ id: Id }),
    output: Code,
  }),
  addCode: operation({
    method: 'POST',
    path: '/api/codes',
    permission: 'knowledge.edit',
    summary: 'Begin a code of practice as a draft',
    input: z.object({ ...Content.shape, ...placing }),
    output: Code,
    status: 201,
  }),
  addStarters: operation({
    method: 'POST',
    path: '/api/codes/starters',
    permission: 'knowledge.edit',
    summary: 'Add the ready-made codes that are not there yet, as drafts to be edited',
    input: z.object({}),
    output: z.object({ added: z.number().int() }),
  }),
  changeCode: operation({
    method: 'PATCH',
    path: '/api/codes/:id',
    permission: 'knowledge.edit',
    summary: 'Change the draft of a code, who owns it and when it is reviewed; what is published stays',
    input: z.object({
      ...seen,
      ...placing,
      /** The whole draft. */
      content: Content.optional(),
      archived: z.boolean().optional(),
    }),
    output: Code,
  }),
  publishCode: operation({
    method: 'POST',
    path: '/api/codes/:id/publish',
    permission: 'knowledge.approve',
    summary: 'Publish the draft as the next version; whoever was still to read the last need not any more',
    input: z.object({ ...seen, note: text(300).trim().default('') }),
    output: Code,
  }),
  noteReviewed: operation({
    method: 'POST',
    path: '/api/codes/:id/reviewed',
    permission: 'knowledge.edit',
    summary: 'Say that a code was looked through, and when it is looked at next',
    input: z.object({ ...seen, reviewOn: z.iso.date().nullable() }),
    output: Code,
  }),
  versions: operation({
    method: 'GET',
    path: '/api/codes/:id/versions',
    permission: 'knowledge.read',
    summary: 'Every version that was published, the newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(
      z.object({ number: z.number().int(), content: Content, note: z.string(), at: Moment, by: z.string() }),
    ),
  }),
  measures: operation({
    method: 'GET',
    path: '/api/codes/:id/measures',
    permission: 'knowledge.read',
    summary: 'How often each promise of the published version was kept, late or broken, with the interval',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(Measure) }),
  }),
  missed: operation({
    method: 'GET',
    path: '/api/codes/:id/clauses/:clause/missed',
    permission: 'case.read',
    summary: 'The latest promises of a clause that were late or broken, in cases I may see',
    input: z.object({ id: Id, clause: line(40) }),
    output: z.object({ items: z.array(Missed) }),
  }),
  check: operation({
    method: 'POST',
    path: '/api/codes/check',
    permission: 'knowledge.edit',
    summary: 'What the checks find in a draft, before it is saved',
    input: Content,
    output: z.object({ items: z.array(Finding) }),
  }),
  startCampaign: operation({
    method: 'POST',
    path: '/api/codes/:id/campaigns',
    permission: 'knowledge.approve',
    summary:
      'Ask staff to read the published version by a day: some roles and teams, or everybody. Begun again, it asks who came since',
    input: z.object({
      id: Id,
      dueOn: z.iso.date(),
      roleIds: z.array(Id).max(100).default([]),
      teamIds: z.array(Id).max(100).default([]),
    }),
    output: z.object({ asked: z.number().int() }),
    status: 201,
  }),
  acknowledge: operation({
    method: 'POST',
    path: '/api/codes/:id/read',
    permission: 'knowledge.read',
    summary: 'Say that I have read and understood a published version',
    input: z.object({ id: Id, number: z.number().int().min(1) }),
    output: Code,
  }),
  register: operation({
    method: 'GET',
    path: '/api/codes/:id/register',
    permission: 'knowledge.approve',
    summary: 'Who was asked to read which version, and who read it when',
    input: z.object({ id: Id, ...paging, state: z.enum(['open', 'read']).optional() }),
    output: page(Reading.extend({ staff: Reading.shape.staff.extend({ name: personal(z.string()) }) })),
  }),
  exportRegister: operation({
    method: 'GET',
    path: '/api/codes/:id/register/export',
    permission: 'knowledge.approve',
    summary: 'The register of a code as CSV',
    input: z.object({ id: Id }),
    output: z.unknown(),
    leavesTrace: true,
  }),
  laws: operation({
    method: 'GET',
    path: '/api/repealed-laws',
    permission: 'knowledge.read',
    summary: 'Laws that no longer hold, since when, and what holds instead: what the checks look for',
    input: z.object({}),
    output: z.object({ items: z.array(Law) }),
  }),
}
