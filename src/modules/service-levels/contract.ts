import * as z from 'zod'
import { Condition } from '../../shared/condition.ts'
import { Done, Id, line, Moment, operation } from '../../shared/contract.ts'
import { Alert } from '../promises/contract.ts'

export const levelKinds = ['first_reply', 'next_update', 'solution'] as const
export const pauseStates = ['waiting_customer', 'waiting_other', 'asleep'] as const

const shape = {
  name: line(100),
  kind: z.enum(levelKinds),
  /** To which cases it applies; an empty `all` is every case. */
  condition: Condition,
  targetMinutes: z.number().int().min(1).max(1_000_000),
  clock: z.enum(['working', 'elapsed']),
  /** Hours that count; null are those of the team that handles the case, or of the organisation. */
  calendarId: Id.nullable(),
  alerts: z.array(Alert).max(10),
  /** In which states of the case the clock of a solution stands still. */
  pauses: z.array(z.enum(pauseStates)).max(3),
}

export const ServiceLevel = z.object({
  id: Id,
  ...shape,
  position: z.number().int(),
  version: z.number().int(),
  /** Open promises made by it. */
  open: z.number().int(),
  /** In the last 30 days: how many ended, and how many of them in time. */
  ended: z.number().int(),
  kept: z.number().int(),
  /** When open promises were last planned anew because of it, and how many of them moved. */
  replanned: z.object({ at: Moment, looked: z.number().int(), moved: z.number().int() }).nullable(),
})
export type ServiceLevel = z.infer<typeof ServiceLevel>

export const serviceLevels = {
  serviceLevels: operation({
    method: 'GET',
    path: '/api/service-levels',
    permission: 'case.read',
    summary: 'Which time is promised by rule; of each kind the first that fits holds',
    input: z.object({}),
    output: z.object({ items: z.array(ServiceLevel) }),
  }),
  addServiceLevel: operation({
    method: 'POST',
    path: '/api/service-levels',
    permission: 'settings.edit',
    summary: 'Promise a time by rule; it is asked last of its kind',
    input: z.object({
      ...shape,
      clock: shape.clock.default('working'),
      calendarId: shape.calendarId.default(null),
      alerts: shape.alerts.default([
        { minutes: -30, whom: ['handler'] },
        { minutes: 0, whom: ['handler', 'supervisor'] },
      ]),
      pauses: shape.pauses.default(['waiting_customer']),
    }),
    output: ServiceLevel,
    status: 201,
  }),
  changeServiceLevel: operation({
    method: 'PATCH',
    path: '/api/service-levels/:id',
    permission: 'settings.edit',
    summary: 'Change a rule, or end it; the open promises it concerns are planned anew',
    input: z.object({
      id: Id,
      name: shape.name.optional(),
      condition: shape.condition.optional(),
      targetMinutes: shape.targetMinutes.optional(),
      clock: shape.clock.optional(),
      calendarId: shape.calendarId.optional(),
      alerts: shape.alerts.optional(),
      pauses: shape.pauses.optional(),
      ended: z.literal(true).optional(),
      version: z.number().int().optional(),
    }),
    output: z.object({ items: z.array(ServiceLevel) }),
  }),
  orderServiceLevels: operation({
    method: 'PUT',
    path: '/api/service-levels/order',
    permission: 'settings.edit',
    summary: 'Say in which order the rules of a kind are asked',
    input: z.object({ kind: z.enum(levelKinds), ids: z.array(Id).min(1).max(200) }),
    output: Done,
  }),
}
