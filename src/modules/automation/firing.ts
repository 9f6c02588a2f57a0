import { sql } from 'kysely'
import { type Catalogue, compileChange, type Row as Record_, resolve } from '../../platform/conditions/index.ts'
import { system } from '../../platform/permissions/actor.ts'
import { carryOut, type Parts } from '../../platform/rules/parts.ts'
import type { Work } from '../../platform/work.ts'
import { caseFacts } from '../cases/index.ts'
import { zoneOf } from '../identity/index.ts'
import { rowAfter, rowBefore, type Told } from './before.ts'
import type { Row } from './queries.ts'

/** What a rule is asked about: an event of a case, or that time has passed. */
export type Happened = Told & {
  caseId: number
  /** The rules that led to it, the earliest first. */
  chain: number[]
  /** One answer of the rules to one event. */
  reaction: string
}

export type Outcome = { outcome: 'did' | 'nothing' | 'skipped'; reason: string | null; did: string[] }

/** So many rules may follow from each other, and so often one may act on a case within an hour. */
export const deepest = 5
export const mostInHour = 10

/** What a rule's work is caused by: every rule that led to it, and itself. Read back by `chainOf`. */
export const causeOf = (chain: readonly number[], ruleId: number): string => `rule:${[...chain, ruleId].join(',')}`

export const chainOf = (cause: string | null): number[] =>
  cause?.startsWith('rule:') ? cause.slice(5).split(',').map(Number) : []

/** Whoever reads the history of a case reads which rule it was. */
export const actorOfRule = ({ name }: Pick<Row, 'name'>) => ({ ...system, name: `Rule “${name}”` })

/**
 * Whether a case fits a rule: as what happened left it, and as it is now. What came later has an event of its own, and
 * what no longer holds is not acted on.
 */
export const fits = async (
  work: Pick<Work, 'tx' | 'now'>,
  rule: Pick<Row, 'condition'>,
  fields: Catalogue,
  row: Record_,
  told: Told,
): Promise<boolean> => {
  const zone = await zoneOf({ db: work.tx })
  const condition = resolve(fields, rule.condition, { now: work.now, zone, me: null })
  const [test, before] = [compileChange(fields, condition), rowBefore(row, told)]
  return test({ before, after: rowAfter(row, told) }) && test({ before, after: row })
}

/** Why a rule that fits does nothing all the same, or null where it acts. */
const heldBack = async (work: Work, rule: Row, { caseId, chain }: Happened): Promise<string | null> => {
  if (chain.at(-1) === rule.id) return 'own_doing'
  if (chain.includes(rule.id)) return 'circle'
  if (chain.length >= deepest) return 'too_deep'
  const { rows } = await sql<{ many: boolean }>`select count(*) >= ${mostInHour} as many from (select 1 from rule_runs
    where case_id = ${caseId} and rule_id = ${rule.id} and outcome = 'did' and at > ${new Date(work.now.getTime() - 3_600_000)}
    limit ${mostInHour}) u`.execute(work.tx)
  return rows[0]?.many ? 'too_often' : null
}

const act = (work: Work, parts: Parts, rule: Row, caseId: number): Promise<string[]> =>
  carryOut(work, parts, rule.actions, { subjectId: caseId, by: rule.ownerId, field: 'actions' })

const note = (work: Work, rule: Row, { caseId, chain, reaction }: Happened, { outcome, reason, did }: Outcome) =>
  work.tx
    .insertInto('rule_runs')
    .values({
      rule_id: rule.id,
      version: rule.version,
      at: work.now,
      case_id: caseId,
      outcome,
      reason,
      did,
      chain,
      reaction,
    })
    .execute()

/**
 * Asks one rule about one event, in the transaction in which it acts: it is all done, or nothing of it.
 * @returns null where it does not fit
 */
export const fire = async (work: Work, parts: Parts, rule: Row, happened: Happened): Promise<Outcome | null> => {
  const { fields, rows } = await caseFacts(work, [happened.caseId])
  const [row] = rows
  if (!row || row.mergedInto) return null
  const before = await work.tx
    .selectFrom('rule_runs')
    .select(['outcome', 'reason', 'did'])
    .where('reaction', '=', happened.reaction)
    .where('rule_id', '=', rule.id)
    .executeTakeFirst()
  if (before) return before as Outcome
  if (!(await fits(work, rule, fields, row, happened))) return null
  const reason = await heldBack(work, rule, happened)
  const did = reason ? [] : await act(work, parts, rule, happened.caseId)
  const outcome: Outcome = { outcome: reason ? 'skipped' : did.length > 0 ? 'did' : 'nothing', reason, did }
  await note(work, rule, happened, outcome)
  if (rule.failures > 0 && !reason)
    await work.tx.updateTable('rules').set({ failures: 0 }).where('id', '=', rule.id).execute()
  return outcome
}
