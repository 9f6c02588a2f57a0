import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { planCases } from './planning.ts'

/** How many promises are looked at in one transaction. */
const atOnce = 200

const openOf = (kernel: Kernel, kind: string, after: number) =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<{ id: number; caseId: number }>`select p.id, p.subject_id as "caseId" from promises p
      where p.policy_id = any(array(select id from service_levels where kind = ${kind})) and p.closed_at is null and p.kind = ${kind} and p.id > ${after}
      order by p.id limit ${atOnce}`.execute(db)
    return rows
  })

/** Plans the open promises of a kind anew after its rules changed, and says of each that moved that it did. */
export const replanKind = async (kernel: Kernel, levelId: number, kind: string): Promise<void> => {
  let [after, looked, moved] = [0, 0, 0]
  for (;;) {
    const some = await openOf(kernel, kind, after)
    if (some.length === 0) break
    await kernel.work(system, async work => {
      const changed = await planCases(
        work,
        some.map(({ caseId }) => caseId),
      )
      for (const { promise, before, after: due } of changed)
        work.record({
          type: 'promise.moved',
          subject: { kind: 'case', id: promise.subject_id },
          data: { promiseId: promise.id, kind: promise.kind, title: promise.title, levelId },
          before: { dueAt: before?.toISOString() ?? null },
          after: { dueAt: due?.toISOString() ?? null },
        })
      moved += changed.length
    })
    after = some.at(-1)?.id as number
    looked += some.length
  }
  await kernel.work(system, async work =>
    work.record({ type: 'level.replanned', subject: { kind: 'service_level', id: levelId }, data: { looked, moved } }),
  )
}
