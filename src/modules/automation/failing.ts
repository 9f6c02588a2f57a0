import { sql } from 'kysely'
import { isUnreachable } from '../../platform/database/pool.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import type { Work } from '../../platform/work.ts'
import { actorOfRule, causeOf, fire, type Happened, type Outcome } from './firing.ts'
import type { Row } from './queries.ts'

/** A rule that fails this often without doing anything in between is switched off. */
export const mostFailures = 5

/** Why it failed, without the customer's name: the log of a rule is read by people who may not see the case. */
const reasonOf = async (work: Work, caseId: number, problem: unknown): Promise<string> => {
  if (!(problem instanceof Refusal)) return 'Something went wrong inside the program; its log says what.'
  const { rows } = await sql<{ name: string }>`select p.name from cases c join people p on p.id = c.requester_id
    where c.id = ${caseId}`.execute(work.tx)
  const name = rows[0]?.name.trim()
  return name ? problem.message.replaceAll(name, 'the customer') : problem.message
}

/** Notes a failure, and switches the rule off after too many; its owner is told by the event. */
const failed = (kernel: Kernel, rule: Row, happened: Happened, problem: unknown) =>
  kernel.work(system, async work => {
    const reason = await reasonOf(work, happened.caseId, problem)
    const { rows: noted } = await sql<{
      id: number
    }>`insert into rule_runs (rule_id, version, at, case_id, outcome, reason, chain, reaction)
      values (${rule.id}, ${rule.version}, ${work.now}, ${happened.caseId}, 'failed', ${reason}, ${happened.chain}::bigint[], ${happened.reaction}::uuid)
      on conflict do nothing returning id`.execute(work.tx)
    if (noted.length === 0) return
    const { rows } = await sql<{ failures: number; ownerId: number | null }>`update rules set failures = failures + 1
      where id = ${rule.id} and enabled returning failures, owner_id as "ownerId"`.execute(work.tx)
    const [now] = rows
    if (!now || now.failures < mostFailures) return
    const why = `It failed ${now.failures} times in a row. Last: ${reason}`
    await work.tx
      .updateTable('rules')
      .set({ enabled: false, off_reason: why, off_at: work.now })
      .where('id', '=', rule.id)
      .execute()
    const data = { name: rule.name, reason: why, ownerId: now.ownerId }
    work.record({ type: 'rule.stopped', subject: { kind: 'rule', id: rule.id }, data })
  })

/** Asks one rule in a transaction of its own. What fails is noted, and does not keep the next rule from its turn. */
export const ask = async (kernel: Kernel, parts: Parts, rule: Row, happened: Happened): Promise<Outcome | null> => {
  try {
    return await kernel.work(
      actorOfRule(rule),
      work => fire(work, parts, rule, happened),
      causeOf(happened.chain, rule.id),
    )
  } catch (problem) {
    // The database is away or the same job runs twice: the job comes again.
    if (isUnreachable(problem) || (problem as { code?: string }).code === '23505') throw problem
    await failed(kernel, rule, happened, problem)
    return null
  }
}
