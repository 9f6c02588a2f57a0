import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Id } from '../../shared/contract.ts'

/**
 * Orders of a list, each that of an index: `urgency` and `waiting` of open cases that are awake, `waking` of those that are
 * asleep, the others of all cases.
 */
export const sorts = ['urgency', 'recent', 'stale', 'newest', 'oldest', 'waiting', 'waking'] as const
export const Sort = z.enum(sorts)
export type Sort = z.infer<typeof Sort>

/** How a view is drawn. */
export const layouts = ['list', 'table', 'board', 'calendar'] as const
export const Layout = z.enum(layouts)
export type Layout = z.infer<typeof Layout>

/** What a table can show beside the subject; `custom.<key>` for fields of one's own. */
export const columnKeys = [
  'number',
  'requester',
  'kind',
  'status',
  'severity',
  'assignee',
  'team',
  'topic',
  'product',
  'channel',
  'tags',
  'waitingSince',
  'lastAt',
  'openedAt',
  'snoozedUntil',
  'messageCount',
] as const
export type ColumnKey = (typeof columnKeys)[number]
export const Columns = z
  .array(z.union([z.enum(columnKeys), z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/)]))
  .max(20)

/** What a list or board is grouped by, or a calendar goes by. */
export const groupKeys = ['status', 'assignee', 'team', 'kind', 'day'] as const
export const calendarKeys = ['snoozedUntil', 'openedAt'] as const
export const GroupBy = z.union([
  z.enum(groupKeys),
  z.enum(calendarKeys),
  z.string().regex(/^custom\.[a-z][a-z0-9_]{0,39}$/),
])

export const View = z.object({
  id: Id,
  name: z.string(),
  shared: z.boolean(),
  teamId: Id.nullable(),
  mine: z.boolean(),
  condition: Condition,
  sort: Sort,
  columns: Columns,
  groupBy: z.string().nullable(),
  layout: Layout,
  version: z.number(),
})
export type View = z.infer<typeof View>
