import { sql } from 'kysely'
import { addProcedure, markStep, publishProcedure } from '../../src/modules/procedures/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import type { Cast } from './cast.ts'
import { procedures } from './checklists.ts'
import type { StaffKey } from './staff.ts'

/** An open case of a kind that somebody of ours handles. */
const caseOf = (kernel: Kernel, cast: Cast, who: StaffKey, kind: string): Promise<number | undefined> =>
  kernel.read(cast.actor(who), async ({ db }) => {
    const { rows } = await sql<{ id: number }>`select c.id from cases c
      where c.kind = ${kind} and c.team_id = any(${[...cast.actor(who).teams]}::bigint[]) and not c.confidential and c.merged_into is null
        and c.status in ('open', 'waiting_customer', 'waiting_other')
      order by c.assignee_id = ${cast.staffId(who)} desc nulls last, c.last_at desc limit 1`.execute(db)
    return rows[0]?.id
  })

/** What was done already in some of the cases, so that a newcomer sees steps that are done and steps that are missing. */
const begun: { who: StaffKey; kind: string; name: string; steps: [string, string | boolean | null][] }[] = [
  {
    who: 'priya',
    kind: 'complaint',
    name: 'Complaint',
    steps: [
      ['listen', null],
      ['what', 'The second lamp flickers as well'],
      ['when', '2026-05-04'],
      ['receipt', true],
    ],
  },
  { who: 'tom', kind: 'fault', name: 'Fault', steps: [['what', 'No light, no sound, since the storm']] },
  {
    who: 'grace',
    kind: 'delivery_problem',
    name: 'Delivery problem',
    steps: [
      ['order', 'HL-20417'],
      ['where', 'It should have come to the neighbour at number 14'],
    ],
  },
]

/** How the sample organisation handles what comes in, kind by kind. */
export const makeProcedures = async (kernel: Kernel, cast: Cast, now: Date, founded: Date): Promise<void> => {
  const ids = new Map<string, number>()
  for (const content of procedures) {
    const id = await kernel.work(cast.actor('owen'), work => addProcedure(work, content), 'sample', founded)
    await kernel.work(cast.actor('helen'), work => publishProcedure(work, { id, note: '' }), 'sample', founded)
    ids.set(content.name, id)
  }
  for (const { who, kind, name, steps } of begun) {
    const id = await caseOf(kernel, cast, who, kind)
    const procedureId = ids.get(name)
    if (!id || !procedureId) continue
    for (const [step, value] of steps) {
      const marking = { id, procedureId, step, outcome: 'done' as const, value, note: '' }
      await kernel.work(cast.actor(who), work => markStep(work, marking), 'sample', now)
    }
  }
}
