import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { removeUnused } from '../people/index.ts'
import { importById } from './import-queries.ts'
import { lockImport } from './importing.ts'

/** What has been returned or exchanged since: that is not undone by taking back a file. */
const used = async (work: Work, id: number): Promise<number> => {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from purchases p join purchase_lines l on l.purchase_id = p.id
    where p.import_id = ${id} and (exists (select 1 from purchase_returns r where r.line_id = l.id and r.import_id is distinct from ${id})
      or exists (select 1 from purchase_lines x where x.replaces_id = l.id and x.purchase_id <> l.purchase_id))`.execute(
    work.tx,
  )
  return rows[0]?.count ?? 0
}

/**
 * Has taken back what a file brought in, or drops one that was only looked through.
 * @throws Refusal `conflict` where something of it has been returned or exchanged since
 */
export const startUndoing = async (work: Work, { id }: { id: number }) => {
  const row = await lockImport(work, id)
  // A file that never came, or broke off with the server, is dropped like one that was only looked through.
  if (!['done', 'read', 'reading', 'failed'].includes(row.state))
    throw new Refusal('conflict', 'Nothing of this file can be taken back.')
  const since = row.state === 'done' ? await used(work, id) : 0
  if (since > 0)
    throw new Refusal('conflict', `${since} of its lines have been returned or exchanged since. The file stays.`)
  await work.tx
    .updateTable('purchase_imports')
    .set({ state: 'undoing', changed_at: work.now })
    .where('id', '=', id)
    .execute()
  work.enqueue({ name: 'purchases:undo', payload: { id }, maxAttempts: 3 })
  return importById({ db: work.tx }, id)
}

/** Takes back what a file brought in, in one transaction, with the customers that only it made known. */
export const undoImport = (kernel: Kernel, id: number): Promise<void> =>
  kernel.work(system, async work => {
    const row = await lockImport(work, id)
    if (row.state !== 'undoing') return
    const since = await used(work, id)
    if (since > 0) {
      const problem = 'Something of it was returned or exchanged meanwhile: it stays.'
      await work.tx.updateTable('purchase_imports').set({ state: 'done', problem }).where('id', '=', id).execute()
      return
    }
    await work.tx.deleteFrom('purchase_returns').where('import_id', '=', id).execute()
    await work.tx.deleteFrom('purchases').where('import_id', '=', id).execute()
    await work.tx.deleteFrom('purchase_import_rows').where('import_id', '=', id).execute()
    const people = await work.tx
      .selectFrom('purchase_import_people')
      .select('person_id')
      .where('import_id', '=', id)
      .execute()
    await removeUnused(
      work,
      people.map(one => one.person_id),
    )
    await work.tx
      .updateTable('purchase_imports')
      .set({ state: 'undone', changed_at: work.now })
      .where('id', '=', id)
      .execute()
    work.record({ type: 'purchase.import_undone', subject: { kind: 'organisation', id: 1 }, data: { importId: id } })
  })
