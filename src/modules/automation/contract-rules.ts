import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { ActionCall, Done, Id, line, Moment, operation, page, paging, personal } from '../../shared/contract.ts'

/** The moments of a case that rules count time from. */
export const anchors = ['openedAt', 'waitingSince', 'lastAt', 'dueAt', 'solvedAt'] as const
export type Anchor = (typeof anchors)[number]

/** Something that happens, or so many minutes after a moment; before it where negative. Working minutes are those of the organisation's hours. */
export const When = z.union([
  z.strictObject({ event: line(60) }),
  z.strictObject({
    anchor: z.enum(anchors),
    minutes: z.number().int().min(-525_600).max(525_600),
    working: z.boolean().default(false),
  }),
])
export type When = z.infer<typeof When>

const shape = {
  name: line(100),
  when: When,
  condition: Condition,
  actions: z.array(ActionCall).min(1).max(20),
  /** No rule after it is asked about the same event. */
  stops: z.boolean(),
}

export const Rule = z.object({
  id: Id,
  ...shape,
  position: z.number().int(),
  enabled: z.boolean(),
  owner: z.object({ id: Id, name: z.string() }).nullable(),
  /** Why the program switched it off, and when. */
  off: z.object({ reason: z.string(), at: Moment }).nullable(),
  version: z.number().int(),
  changedAt: Moment,
  /** In the last 30 days: how often it did something, and when last. */
  did: z.number().int(),
  failed: z.number().int(),
  lastAt: Moment.nullable(),
})
export type Rule = z.infer<typeof Rule>

export const RuleRun = z.object({
  id: Id,
  at: Moment,
  version: z.number().int(),
  case: z.object({ id: Id, subject: personal(z.string()).nullable() }),
  outcome: z.enum(['did', 'nothing', 'skipped', 'failed']),
  reason: z.string().nullable(),
  did: z.array(z.string()),
  /** The rules that led to it, the earliest first. */
  chain: z.array(z.object({ id: Id, name: z.string() })),
})
export type RuleRun = z.infer<typeof RuleRun>

export const Trial = z.object({
  id: Id,
  state: z.enum(['running', 'done', 'failed']),
  since: Moment,
  /** How many moments there are to look at, how many were looked at, and how often the rule would have been met. */
  total: z.number().int(),
  looked: z.number().int(),
  met: z.number().int(),
})
export type Trial = z.infer<typeof Trial>

export const TrialHit = z.object({
  id: Id,
  at: Moment,
  case: z.object({ id: Id, subject: personal(z.string()).nullable() }),
})

export const rules = {
  list: operation({
    method: 'GET',
    path: '/api/rules',
    permission: 'settings.read',
    summary: 'Rules, in the order they are asked',
    input: z.object({}),
    output: z.object({ items: z.array(Rule) }),
  }),
  parts: operation({
    method: 'GET',
    path: '/api/rules/parts',
    permission: 'settings.read',
    summary: 'What rules can be set on, and what they can have done',
    input: z.object({}),
    output: z.object({ events: z.array(z.string()), anchors: z.array(z.string()), actions: z.array(z.string()) }),
  }),
  add: operation({
    method: 'POST',
    path: '/api/rules',
    permission: 'settings.edit',
    summary: 'Write a rule; it is asked last, and off until it is switched on',
    input: z.object({ ...shape, stops: shape.stops.default(false), enabled: z.boolean().default(false) }),
    output: Rule,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/rules/:id',
    permission: 'settings.edit',
    summary: 'Change a rule, switch it on or off, or end it',
    input: z.object({
      id: Id,
      name: shape.name.optional(),
      when: When.optional(),
      condition: Condition.optional(),
      actions: shape.actions.optional(),
      stops: z.boolean().optional(),
      enabled: z.boolean().optional(),
      ended: z.literal(true).optional(),
      version: z.number().int().optional(),
    }),
    output: z.object({ items: z.array(Rule) }),
  }),
  order: operation({
    method: 'PUT',
    path: '/api/rules/order',
    permission: 'settings.edit',
    summary: 'Say in which order rules are asked',
    input: z.object({ ids: z.array(Id).min(1).max(500) }),
    output: Done,
  }),
  versions: operation({
    method: 'GET',
    path: '/api/rules/:id/versions',
    permission: 'settings.read',
    summary: 'What a rule said before, newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(
      z.object({ version: z.number(), at: Moment, by: z.string().nullable(), rule: z.record(z.string(), z.unknown()) }),
    ),
  }),
  runs: operation({
    method: 'GET',
    path: '/api/rules/:id/runs',
    permission: 'settings.read',
    summary: 'What became of each time a rule was met, newest first; kept for 90 days',
    input: z.object({ id: Id, outcome: z.enum(['did', 'nothing', 'skipped', 'failed']).optional(), ...paging }),
    output: page(RuleRun),
  }),
  tryOut: operation({
    method: 'POST',
    path: '/api/rules/trials',
    permission: 'settings.edit',
    summary: 'Ask how often a rule would have been met in the last 30 days, without doing anything',
    input: z.object({ ruleId: Id.optional(), when: When, condition: Condition }),
    output: Trial,
    status: 202,
  }),
  trial: operation({
    method: 'GET',
    path: '/api/rules/trials/:id',
    permission: 'settings.read',
    summary: 'How far a trial is',
    input: z.object({ id: Id }),
    output: Trial,
  }),
  trialHits: operation({
    method: 'GET',
    path: '/api/rules/trials/:id/hits',
    permission: 'settings.read',
    summary: 'When and for which cases a rule would have been met, newest first',
    input: z.object({ id: Id, ...paging }),
    output: page(TrialHit),
  }),
}
