import * as z from 'zod'
import { Id, Moment } from '../../shared/contract.ts'
import { outcomes } from './contract-shapes.ts'

const Given = z.enum([...outcomes, 'nothing'])

/** What a draft would have given for what came back, beside what is in force. */
export const Simulation = z.object({
  days: z.number().int(),
  version: z.number().int(),
  returns: z.number().int(),
  changed: z.number().int(),
  totals: z.array(z.object({ currency: z.string(), beforeMinor: z.number(), afterMinor: z.number() })),
  moves: z.array(
    z.object({ from: Given, to: Given, currency: z.string(), count: z.number().int(), costMinor: z.number() }),
  ),
  /** The latest of those that change. */
  examples: z.array(
    z.object({
      purchase: z.object({ id: Id, number: z.string() }),
      name: z.string(),
      at: Moment,
      currency: z.string(),
      from: Given,
      fromMinor: z.number(),
      to: Given,
      toMinor: z.number(),
    }),
  ),
})
export type Simulation = z.infer<typeof Simulation>
