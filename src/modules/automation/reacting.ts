import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import type { Work } from '../../platform/work.ts'
import { ask } from './failing.ts'
import { chainOf } from './firing.ts'
import { rulesInForce } from './queries.ts'
import { meetInTime } from './timing.ts'

const Fields = z.record(z.string(), z.unknown())

/** An event as subscribers are told of it. */
export const Heard = z.object({
  type: z.string(),
  subject: z.object({ kind: z.string(), id: z.number() }),
  data: Fields.default({}),
  before: Fields.nullable().default(null),
  after: Fields.nullable().default(null),
  cause: z.string().nullable().default(null),
})
export type Heard = z.infer<typeof Heard>

export const Reaction = Heard.omit({ subject: true, cause: true }).extend({
  caseId: z.number(),
  chain: z.array(z.number()),
  reaction: z.string(),
})

/** Lets the rules answer events in jobs of their own, where any rule could: most organisations have few. */
export const hear = async (work: Work, heard: readonly Heard[]): Promise<void> => {
  const { rows } = await sql<{
    event: string | null
  }>`select distinct event from rules where ended_at is null and enabled`.execute(work.tx)
  const [events, timed] = [new Set(rows.map(row => row.event)), rows.some(row => row.event === null)]
  for (const one of heard) {
    if (one.subject.kind !== 'case' || !(timed || events.has(one.type))) continue
    const { type, data, before, after, cause } = one
    const payload = { type, data, before, after, caseId: one.subject.id, chain: chainOf(cause), reaction: randomUUID() }
    work.enqueue({ name: 'automation:react', payload })
  }
}

/** Asks every rule that is set on an event, in order; one that says so keeps those after it from being asked. */
export const react = async (kernel: Kernel, parts: Parts, happened: z.infer<typeof Reaction>): Promise<void> => {
  const all = await kernel.read(system, rulesInForce)
  for (const rule of all.filter(one => one.event === happened.type)) {
    const answer = await ask(kernel, parts, rule, happened)
    if (rule.stops && answer && answer.outcome !== 'skipped') break
  }
  for (const rule of all.filter(one => one.anchor !== null)) await meetInTime(kernel, rule, happened)
}
