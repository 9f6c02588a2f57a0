import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Done, Id, operation, personal } from '../../shared/contract.ts'
import { CaseLine, GivenKind, Status } from './contract.ts'
import { GroupBy, Sort } from './contract-shapes.ts'

/** The filters of a list, of a saved view or one of those everybody has. */
const filter = {
  view: Id.optional(),
  status: z.union([Status, z.literal('active')]).optional(),
  waiting: z.literal('true').optional(),
  snoozed: z.literal('true').optional(),
  assignee: z.union([z.literal('me'), z.literal('none'), z.literal('available'), Id]).optional(),
  sort: Sort.optional(),
}

export const viewing = {
  preview: operation({
    method: 'POST',
    path: '/api/views/preview',
    permission: 'case.read',
    summary: 'How many cases a condition holds, counted up to 100, before it is saved as a view',
    input: z.object({ condition: Condition, sort: Sort.default('urgency') }),
    output: z.object({ count: z.number(), capped: z.boolean() }),
  }),
  order: operation({
    method: 'POST',
    path: '/api/views/order',
    permission: 'case.read',
    summary: 'The order in which I want to see the views, for me alone',
    input: z.object({ ids: z.array(Id).max(500) }),
    output: Done,
  }),
  changed: operation({
    method: 'GET',
    path: '/api/cases/changed',
    permission: 'case.read',
    summary: 'Cases by their numbers as lines of a list, and which of them a list holds: to bring it up to date',
    input: z.object({
      ...filter,
      kind: GivenKind.optional(),
      team: Id.optional(),
      requester: Id.optional(),
      /** Up to 100 numbers with commas between. */
      ids: z.string().regex(/^\d{1,15}(,\d{1,15}){0,99}$/, 'Up to 100 numbers with commas between'),
    }),
    output: z.object({ items: z.array(CaseLine), held: z.array(Id) }),
  }),
  groups: operation({
    method: 'GET',
    path: '/api/cases/groups',
    permission: 'case.read',
    summary: 'The groups of a list with how many cases each holds; of more than 10,000 cases the first are counted',
    input: z.object({ ...filter, groupBy: GroupBy }),
    output: z.object({
      items: z.array(
        z.object({
          /** Null where the cases have no such value. */
          group: z.string().nullable(),
          /** Of a record, or of a choice of one's own; null where the value says it. */
          label: personal(z.string()).nullable(),
          count: z.number(),
        }),
      ),
      capped: z.boolean(),
    }),
  }),
  calendar: operation({
    method: 'GET',
    path: '/api/cases/calendar',
    permission: 'case.read',
    summary: 'Cases of a list by a date of theirs: asleep until, opened, or a date field of your own',
    input: z.object({
      ...filter,
      groupBy: GroupBy,
      /** Moments (ISO 8601) for times, dates for date fields; both belong to the span. */
      start: z.string().max(40),
      end: z.string().max(40),
    }),
    output: z.object({
      items: z.array(z.object({ on: z.string(), line: CaseLine })),
      /** There are more than the 500 that are shown. */
      more: z.boolean(),
    }),
  }),
}
