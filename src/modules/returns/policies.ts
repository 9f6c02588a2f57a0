import { sql } from 'kysely'
import { check } from '../../platform/conditions/index.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { HouseRule, Policy } from './contract.ts'
import { houseFields } from './house-facts.ts'
import { lessThanLaw } from './less-than-law.ts'

type Row = Policy

const columns = sql`v.version, v.rules, v.note, v.published_at as "publishedAt",
  case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as by`

/** Every version of what the house offers, the newest first: a draft before what is in force. */
export const allPolicies = async ({ db }: Pick<Reading, 'db'>): Promise<Policy[]> =>
  (
    await sql<Row>`select ${columns} from return_policies v left join staff s on s.id = coalesce(v.published_by, v.changed_by)
      order by v.version desc limit 200`.execute(db)
  ).rows

/** What is in force, or what was at a moment; null where the house offers nothing beyond the law. */
export const policyInForce = async ({ db, now }: Pick<Reading, 'db' | 'now'>): Promise<Policy | null> =>
  (
    await sql<Row>`select ${columns} from return_policies v left join staff s on s.id = v.published_by
      where v.published_at <= ${now} order by v.version desc limit 1`.execute(db)
  ).rows[0] ?? null

const assertRules = (rules: readonly HouseRule[]): void => {
  const ids = new Set<string>()
  for (const [index, rule] of rules.entries()) {
    const field = `rules[${index}]`
    if (ids.has(rule.id)) refuseField(`${field}.id`, 'Another rule has this id')
    ids.add(rule.id)
    check(houseFields, rule.condition)
    const less = lessThanLaw(rule)
    if (less) refuseField(`${field}.${less.field}`, less.why)
  }
}

const lock = (work: Work) => sql`select pg_advisory_xact_lock(7203192)`.execute(work.tx)

/** @throws Refusal naming the rule that makes no sense, or offers less than the law with its clause */
export const saveDraft = async (work: Work, { rules, note }: { rules: HouseRule[]; note: string }): Promise<Policy> => {
  await lock(work)
  assertRules(rules)
  await sql`insert into return_policies (version, rules, note, changed_at, changed_by)
    select coalesce(max(version), 0) + 1, ${JSON.stringify(rules)}::jsonb, ${note}, ${work.now}, ${work.actor.id}::bigint
    from return_policies where published_at is not null
    on conflict ((published_at is null)) where published_at is null
    do update set rules = excluded.rules, note = excluded.note, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(
    work.tx,
  )
  return (await allPolicies({ db: work.tx }))[0] as Policy
}

/** Puts the draft in force. @throws Refusal `conflict` where there is none */
export const publish = async (work: Work): Promise<Policy> => {
  await lock(work)
  const [draft] = await allPolicies({ db: work.tx })
  if (!draft || draft.publishedAt !== null) throw new Refusal('conflict', 'There is no draft to put in force.')
  assertRules(draft.rules)
  await work.tx
    .updateTable('return_policies')
    .set({ published_at: work.now, published_by: work.actor.kind === 'staff' ? work.actor.id : null })
    .where('version', '=', draft.version)
    .execute()
  work.record({
    type: 'return_policy.published',
    subject: { kind: 'organisation', id: 1 },
    data: { version: draft.version },
  })
  return (await allPolicies({ db: work.tx }))[0] as Policy
}
