import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { actorOfStaff } from '../identity/index.ts'
import { addAccounts } from '../people/index.ts'
import { importById } from './import-queries.ts'
import { lockImport } from './importing.ts'
import { type Came, type Match, matchReturns, type Sold } from './matching.ts'

/** Has what was read brought in. @throws Refusal `conflict` where it is not ready for that */
export const startWriting = async (work: Work, { id }: { id: number }) => {
  const row = await lockImport(work, id)
  if (row.state !== 'read') throw new Refusal('conflict', 'Nothing of this file waits to be brought in.')
  if (row.sold + row.cancelled === 0) throw new Refusal('conflict', 'No row of this file can be brought in.')
  await work.tx
    .updateTable('purchase_imports')
    .set({ state: 'writing', changed_at: work.now })
    .where('id', '=', id)
    .execute()
  work.enqueue({ name: 'purchases:import', payload: { id }, maxAttempts: 3 })
  return importById({ db: work.tx }, id)
}

/** Customers by their numbers; those that are not known are added, and have no name yet but their number. */
const buyers = async (work: Work, id: number): Promise<void> => {
  const { rows } = await sql<{ account: string }>`select distinct account from purchase_import_rows
    where import_id = ${id} and kind = 'sold' and account <> ''`.execute(work.tx)
  const accounts = rows.map(row => row.account)
  const added = await addAccounts(work, accounts, 'purchase')
  await sql`insert into purchase_import_people (import_id, person_id) select ${id}, unnest(${added}::bigint[])`.execute(
    work.tx,
  )
  await sql`create temporary table buyers on commit drop as
    select distinct on (r.account) r.account, coalesce(o.merged_into, o.id) as person_id from purchase_import_rows r
    join identities i on i.kind = 'account_number' and i.normal = upper(regexp_replace(r.account, '[\s-]', '', 'g'))
    join people o on o.id = i.person_id where r.import_id = ${id} and r.account <> ''`.execute(work.tx)
  await sql`analyze buyers`.execute(work.tx)
}

const writePurchases = async (work: Work, id: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`with added as (
      insert into purchases (number, source, external_id, channel, person_id, country, currency, bought_at, import_id, created_at, created_by)
      select r.number, i.source, r.number, i.channel, b.person_id, r.country, i.currency, r.at, i.id, ${work.now}::timestamptz, ${work.actor.id}::bigint
      from purchase_imports i join lateral (select number, min(at) as at, max(account) as account, max(country) as country
        from purchase_import_rows where import_id = i.id and kind = 'sold' group by number) r on true
      left join buyers b on b.account = r.account where i.id = ${id} returning id)
    select count(*)::int as count from added`.execute(work.tx)
  return rows[0]?.count ?? 0
}

/** What a shop's file tells of has been delivered: it says nothing else. */
const writeLines = async (work: Work, id: number): Promise<number> => {
  const { rows } = await sql<{ count: number }>`with added as (
      insert into purchase_lines (purchase_id, position, product_id, sku, name, quantity, paid_minor, tax_minor, delivered, delivered_at)
      select p.id, row_number() over (partition by p.id order by r.line), d.id, r.sku, r.name, r.quantity, r.paid_minor, r.tax_minor, r.quantity, r.at
      from purchase_import_rows r join purchases p on p.import_id = r.import_id and p.external_id = r.number
      left join products d on r.sku <> '' and upper(d.number) = upper(r.sku)
      where r.import_id = ${id} and r.kind = 'sold' returning id)
    select count(*)::int as count from added`.execute(work.tx)
  return rows[0]?.count ?? 0
}

const soldOf = async (work: Work, id: number): Promise<Sold[]> =>
  (
    await sql<Sold>`with back as (select distinct upper(sku) as sku from purchase_import_rows where import_id = ${id} and kind = 'cancelled')
    select l.id as "lineId", coalesce(b.account, '') as account, l.sku, extract(epoch from p.bought_at)::float8 as at, l.quantity,
      l.paid_minor as paid, l.quantity - l.returned as units, l.paid_minor - l.refunded_minor as minor
    from back join purchase_lines l on upper(l.sku) = back.sku join purchases p on p.id = l.purchase_id
    join purchase_imports i on i.id = ${id} and p.source = i.source left join buyers b on b.person_id = p.person_id
    where p.person_id is null or b.account is not null`.execute(work.tx)
  ).rows

const cameOf = async (work: Work, id: number): Promise<Came[]> =>
  (
    await sql<Came>`select line, account, sku, extract(epoch from at)::float8 as at, quantity, paid_minor as paid
      from purchase_import_rows where import_id = ${id} and kind = 'cancelled' order by at, line`.execute(work.tx)
  ).rows

const writeMatches = (work: Work, id: number, matches: readonly Match[]) =>
  sql`insert into purchase_returns (line_id, key, quantity, amount_minor, at, number, import_id, created_by)
    select m."lineId", 'import:' || ${id}::bigint || ':' || m.line || ':' || m."lineId", m.quantity, m.minor, r.at, r.number, ${id}, ${work.actor.id}::bigint
    from jsonb_to_recordset(${JSON.stringify(matches)}::jsonb) as m(line int, "lineId" bigint, quantity int, minor bigint)
    join purchase_import_rows r on r.import_id = ${id} and r.line = m.line`.execute(work.tx)

const writeReturns = async (work: Work, id: number) => {
  const { matches, unmatched } = matchReturns(await soldOf(work, id), await cameOf(work, id))
  await writeMatches(work, id, matches)
  await sql`update purchase_import_rows r set message = u.why, field = 'number' from jsonb_to_recordset(${JSON.stringify(unmatched)}::jsonb)
    as u(line int, why text) where r.import_id = ${id} and r.line = u.line`.execute(work.tx)
  return { returned: new Set(matches.map(one => one.line)).size, unmatched: unmatched.length }
}

/** Brings in all rows that are right, in one transaction: what came back is put with what it was part of. */
export const writeImport = async (kernel: Kernel, id: number): Promise<void> => {
  const found = await kernel.read(system, reading => importById(reading, id))
  const actor = found.by ? await actorOfStaff(kernel, found.by.id) : system
  await kernel.work(actor, async work => {
    const row = await lockImport(work, id)
    if (row.state !== 'writing') return
    await buyers(work, id)
    const purchases = await writePurchases(work, id)
    const lines = await writeLines(work, id)
    await sql`analyze purchase_lines`.execute(work.tx)
    const back = await writeReturns(work, id)
    await work.tx.deleteFrom('purchase_import_rows').where('import_id', '=', id).where('message', '=', '').execute()
    await work.tx
      .updateTable('purchase_imports')
      .set({ state: 'done', purchases, lines, ...back, changed_at: work.now })
      .where('id', '=', id)
      .execute()
    work.record({
      type: 'purchase.imported',
      subject: { kind: 'organisation', id: 1 },
      data: { importId: id, purchases, lines, ...back },
    })
  })
}
