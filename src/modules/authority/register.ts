import { Readable } from 'node:stream'
import { type RawBuilder, sql } from 'kysely'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, mayDo } from '../../platform/permissions/actor.ts'
import { csvField } from '../../platform/text/csv.ts'
import type { Reading } from '../../platform/work.ts'
import { money } from '../../shared/money.ts'
import type { Act, Decision } from './contract.ts'

export type Filter = {
  act?: Act | undefined
  staffId?: number | undefined
  personId?: number | undefined
  from?: string | undefined
  to?: string | undefined
  exceptions?: 'true' | undefined
}

export type DecisionRow = Omit<Decision, 'at'> & { at: Date }

const columns = sql`d.id, d.act, d.amount, d.asked, d.currency, d.reason, d.exception, d.exception_reason as "exceptionReason", d.policy,
  d.subject_kind as "subjectKind", d.subject_id as "subjectId", json_build_object('id', p.id, 'name', p.name) as person,
  json_build_object('id', m.id, 'name', m.name) as "madeBy", json_build_object('id', b.id, 'name', b.name) as "decidedBy",
  d.verdict, d.at, d.outcome, d.limit_name as "limitName", d.limit_most as "limitMost",
  exists (select 1 from decisions r where r.reverses = d.id) as "takenBack"`
const joins = sql`join people p on p.id = d.person_id join staff m on m.id = d.made_by join staff b on b.id = d.decided_by`

/** Days are those of the organisation's clock on the wall. */
const whereOf = ({ act, staffId, personId, from, to, exceptions }: Filter): RawBuilder<unknown> => {
  const zone = sql`(select zone from organisation)`
  const parts = [
    sql`true`,
    ...(act ? [sql`d.act = ${act}`] : []),
    ...(staffId ? [sql`(d.made_by = ${staffId} or d.decided_by = ${staffId})`] : []),
    ...(personId ? [sql`d.person_id in (select authority_customer(${personId}))`] : []),
    ...(from ? [sql`d.at >= (${from}::date)::timestamp at time zone ${zone}`] : []),
    ...(to ? [sql`d.at < (${to}::date + 1)::timestamp at time zone ${zone}`] : []),
    ...(exceptions ? [sql`d.exception`] : []),
  ]
  return sql.join(parts, sql` and `)
}

type Listed = Filter & { limit: number; cursor?: string | undefined }

/** The register, newest first. */
export const register = async ({ db, actor }: Pick<Reading, 'db' | 'actor'>, { limit, cursor, ...filter }: Listed) => {
  const after = readCursor('decisions', cursor, 2)
  const { rows } = await sql<DecisionRow>`select ${columns} from (select * from decisions d where ${whereOf(filter)}
      and not coalesce(is_withheld(d.subject_kind, d.subject_id, ${actor.id}::bigint), false)
      ${after ? sql`and (d.at, d.id) < (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``}
      order by d.at desc, d.id desc limit ${limit + 1}) d ${joins} order by d.at desc, d.id desc`.execute(db)
  return pageOf(rows, limit, last => writeCursor('decisions', [last.at.toISOString(), last.id]))
}

/** What was decided for some subjects, or for a customer, newest first, at most a page of it. */
export const decisionsOf = async (
  { db }: Pick<Reading, 'db'>,
  of: { kind: string; ids: readonly number[] } | { personId: number },
): Promise<DecisionRow[]> => {
  const which =
    'personId' in of
      ? sql`d.person_id in (select authority_customer(${of.personId}))`
      : sql`d.subject_kind = ${of.kind} and d.subject_id = any(${[...of.ids]}::bigint[])`
  const { rows } =
    await sql<DecisionRow>`select ${columns} from decisions d ${joins} where ${which} and d.outcome <> 'taken_back'
    order by d.id desc limit 50`.execute(db)
  return rows
}

const head =
  'id,at,act,amount,currency,amount in words,asked,outcome,taken back,reason,exception,exception reason,policy,subject,customer,made by,decided by,verdict,limit of,limit'

const line = (row: DecisionRow, personal: boolean): string => {
  const about = (text: string | null) => (personal ? text : '')
  return [
    row.id,
    row.at.toISOString(),
    row.act,
    row.amount,
    row.currency,
    money(row.amount, row.currency),
    row.asked,
    row.outcome,
    row.takenBack,
    about(row.reason),
    row.exception,
    about(row.exceptionReason),
    row.policy,
    `${row.subjectKind} ${row.subjectId}`,
    about(row.person.name),
    row.madeBy.name,
    row.decidedBy.name,
    about(row.verdict),
    row.limitName,
    row.limitMost,
  ]
    .map(csvField)
    .join(',')
}

const batch = 500

async function* lines(kernel: Kernel, actor: Actor, filter: Filter): AsyncGenerator<string> {
  const personal = mayDo(actor, 'person.read')
  yield `\uFEFF${head}\r\n`
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await kernel.read(actor, reading => register(reading, { ...filter, limit: batch, cursor }))
    for (const row of items) yield `${line(row, personal)}\r\n`
    if (!next) return
    cursor = next
  }
}

/** The register as a table, in pages, so that memory stays the same however long it is. That it was taken is on record. */
export const exportRegister = async (
  kernel: Kernel,
  actor: Actor,
  filter: Filter,
  cause: string,
): Promise<Readable> => {
  await kernel.work(
    actor,
    async work => work.record({ type: 'decisions.exported', subject: { kind: 'organisation', id: 1 } }),
    cause,
  )
  return Readable.from(lines(kernel, actor, filter))
}
