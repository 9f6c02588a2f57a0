import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Done, Id, line, operation } from '../../shared/contract.ts'

export const ways = ['team', 'least_loaded', 'round_robin'] as const
const Level = z.number().int().min(1).max(3)
export const Needed = z.strictObject({ skillId: Id, level: Level })
export type Needed = z.infer<typeof Needed>

export const Skill = z.object({ id: Id, name: z.string(), people: z.number().int() })
export type Skill = z.infer<typeof Skill>

export const Workload = z.object({
  id: Id,
  name: z.string(),
  teams: z.array(z.string()),
  capacity: z.number().int(),
  accepts: z.boolean(),
  away: z.boolean(),
  /** What they hold, weighed: one for a case that waits for us, half for one that waits for the customer, none asleep. */
  load: z.number(),
  skills: z.array(Needed),
  version: z.number().int(),
})
export type Workload = z.infer<typeof Workload>

const shape = {
  name: line(100),
  condition: Condition,
  /** To whom; where nobody is named, the team of the case. */
  teamId: Id.nullable(),
  way: z.enum(ways),
  skills: z.array(Needed).max(10),
  enabled: z.boolean(),
}

export const AssignmentRule = z.object({
  id: Id,
  ...shape,
  position: z.number().int(),
  version: z.number().int(),
  /** Cases for which there was nobody yet. */
  waiting: z.number().int(),
})
export type AssignmentRule = z.infer<typeof AssignmentRule>
const rulesOut = z.object({ items: z.array(AssignmentRule) })

export const assignment = {
  skills: operation({
    method: 'GET',
    path: '/api/skills',
    permission: 'case.read',
    summary: 'What somebody can be able to do',
    input: z.object({}),
    output: z.object({ items: z.array(Skill) }),
  }),
  addSkill: operation({
    method: 'POST',
    path: '/api/skills',
    permission: 'settings.edit',
    summary: 'Declare a skill',
    input: z.object({ name: line(60) }),
    output: Skill,
    status: 201,
  }),
  changeSkill: operation({
    method: 'PATCH',
    path: '/api/skills/:id',
    permission: 'settings.edit',
    summary: 'Rename a skill, or end it',
    input: z.object({ id: Id, name: line(60).optional(), ended: z.literal(true).optional() }),
    output: Done,
  }),
  workloads: operation({
    method: 'GET',
    path: '/api/workloads',
    permission: 'case.assign',
    summary: 'What everybody can do, takes on and holds now',
    input: z.object({}),
    output: z.object({ items: z.array(Workload) }),
  }),
  setWorkload: operation({
    method: 'PUT',
    path: '/api/workloads/:id',
    permission: 'case.assign',
    summary: 'Say how much somebody takes on and what they can do',
    input: z.object({
      id: Id,
      capacity: z.number().int().min(0).max(1000),
      accepts: z.boolean(),
      skills: z.array(Needed).max(50),
      version: z.number().int().optional(),
    }),
    output: Workload,
  }),
  rules: operation({
    method: 'GET',
    path: '/api/assignment-rules',
    permission: 'settings.read',
    summary: 'By which rules cases find somebody; the first that fits holds',
    input: z.object({}),
    output: rulesOut,
  }),
  addRule: operation({
    method: 'POST',
    path: '/api/assignment-rules',
    permission: 'settings.edit',
    summary: 'Add a rule; it is asked last',
    input: z.object({
      ...shape,
      teamId: shape.teamId.default(null),
      skills: shape.skills.default([]),
      enabled: shape.enabled.default(true),
    }),
    output: AssignmentRule,
    status: 201,
  }),
  changeRule: operation({
    method: 'PATCH',
    path: '/api/assignment-rules/:id',
    permission: 'settings.edit',
    summary: 'Change a rule, switch it on or off, or end it',
    input: z.object({
      id: Id,
      name: shape.name.optional(),
      condition: Condition.optional(),
      teamId: shape.teamId.optional(),
      way: shape.way.optional(),
      skills: shape.skills.optional(),
      enabled: shape.enabled.optional(),
      ended: z.literal(true).optional(),
      version: z.number().int().optional(),
    }),
    output: rulesOut,
  }),
  orderRules: operation({
    method: 'PUT',
    path: '/api/assignment-rules/order',
    permission: 'settings.edit',
    summary: 'Say in which order they are asked',
    input: z.object({ ids: z.array(Id).min(1).max(200) }),
    output: Done,
  }),
}
