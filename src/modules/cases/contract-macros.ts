import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { ActionCall, Done, Id, line, operation, personal } from '../../shared/contract.ts'
import { BulkChange } from './contract-bulk.ts'

/** What may stand in a macro's text between double braces. */
export const placeholders = [
  'customer.name',
  'customer.first_name',
  'case.number',
  'case.subject',
  'me.name',
  'me.first_name',
  'organisation.name',
  'today',
] as const

const Writes = z.enum(['reply', 'note', 'nothing'])
const Change = z.union([BulkChange, z.strictObject({})])
const body = z.string().max(50_000)

export const Macro = z.object({
  id: Id,
  name: z.string(),
  shared: z.boolean(),
  teamId: Id.nullable(),
  mine: z.boolean(),
  writes: Writes,
  text: z.string(),
  change: z.record(z.string(), z.unknown()),
  /** What it does beside: whatever rules can have done. */
  also: z.array(ActionCall),
  visibleWhen: Condition.nullable(),
  used: z.number(),
  version: z.number(),
})
export type Macro = z.infer<typeof Macro>

/** A macro as it would be used in one case: its text filled in. */
export const Offered = Macro.pick({ id: true, name: true, writes: true, change: true, also: true, used: true }).extend({
  text: personal(z.string()),
})
export type Offered = z.infer<typeof Offered>

const fields = {
  name: line(100),
  writes: Writes,
  text: body,
  change: Change,
  also: z.array(ActionCall).max(10),
  visibleWhen: Condition.nullable(),
  shared: z.boolean(),
  teamId: Id.nullable(),
}

export const macros = {
  macroList: operation({
    method: 'GET',
    path: '/api/macros',
    permission: 'case.handle',
    summary: 'My macros and the shared ones',
    input: z.object({}),
    output: z.object({ items: z.array(Macro) }),
  }),
  addMacro: operation({
    method: 'POST',
    path: '/api/macros',
    permission: 'case.handle',
    summary: 'Prepare an answer with what goes with it; sharing needs view.share',
    input: z.object({
      ...fields,
      writes: Writes.default('reply'),
      text: body.default(''),
      change: Change.default({}),
      also: fields.also.default([]),
      visibleWhen: Condition.nullable().default(null),
      shared: z.boolean().default(false),
      teamId: Id.nullable().default(null),
    }),
    output: Macro,
    status: 201,
  }),
  changeMacro: operation({
    method: 'PATCH',
    path: '/api/macros/:id',
    permission: 'case.handle',
    summary: 'Change a macro',
    input: z.object({
      id: Id,
      name: fields.name.optional(),
      writes: Writes.optional(),
      text: body.optional(),
      change: Change.optional(),
      also: fields.also.optional(),
      visibleWhen: Condition.nullable().optional(),
      shared: z.boolean().optional(),
      teamId: Id.nullable().optional(),
      version: z.number().int().optional(),
    }),
    output: Macro,
  }),
  removeMacro: operation({
    method: 'DELETE',
    path: '/api/macros/:id',
    permission: 'case.handle',
    summary: 'Remove a macro; where it was used stays as it is',
    input: z.object({ id: Id }),
    output: Done,
  }),
  macrosFor: operation({
    method: 'GET',
    path: '/api/cases/:id/macros',
    permission: 'case.handle',
    summary: 'The macros that fit a case, filled in: what each would write and change. Most used first',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(Offered) }),
  }),
  applyMacro: operation({
    method: 'POST',
    path: '/api/cases/:id/macros/:macroId',
    permission: 'case.handle',
    summary: 'Carry out what a macro changes; its text is the answer to go on with',
    input: z.object({ id: Id, macroId: Id }),
    output: Offered.extend({
      /** The fields that were changed, as they were: sending them to the case takes it back. */
      before: z.record(z.string(), z.unknown()),
      /** By which version its change is taken back; null where nothing was changed. */
      undo: z.number().nullable(),
    }),
  }),
}
