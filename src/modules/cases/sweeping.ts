import { sql } from 'kysely'
import { now } from '../../platform/clock.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { sweepVersions } from './versions.ts'

const dayMs = 86_400_000
/** Files that were never sent and belong to no draft, and earlier versions of drafts, are kept for so long. */
const unsentDays = 30

/** Forgets what was uploaded long ago and never sent, and earlier versions of drafts. */
export const sweepUnsent = (kernel: Kernel): Promise<void> =>
  kernel.work(system, async work => {
    const until = new Date(work.now.getTime() - unsentDays * dayMs)
    await sql`delete from attachments a where a.message_id is null and a.at < ${until} and not exists (select 1 from drafts d
      where d.case_id = a.case_id and d.staff_id = a.staff_id and d.kind = a.draft_kind)`.execute(work.tx)
    await sweepVersions(work, until)
  })

type Holder = { table: string; column: string }

/** What refers to contents, as the database knows it: a table added later holds on to its files by its foreign key. */
const holders = async ({ tx }: Pick<Work, 'tx'>): Promise<Holder[]> => {
  const { rows } =
    await sql<Holder>`select c.conrelid::regclass::text as "table", a.attname as "column" from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'files'::regclass and c.conrelid <> 'file_texts'::regclass order by 1, 2`.execute(
      tx,
    )
  return rows
}

/** Forgets contents that nothing has; @returns those of the given ones that nothing holds on to */
const forgetUnused = (kernel: Kernel, sha256s: readonly string[]): Promise<string[]> =>
  kernel.work(system, async work => {
    const held = (await holders(work)).map(
      ({ table, column }) =>
        sql`not exists (select 1 from ${sql.table(table)} h where h.${sql.ref(column)} = s.sha256)`,
    )
    const { rows } = await sql<{ sha256: string }>`select s.sha256 from unnest(${[...sha256s]}::text[]) s (sha256)
      where ${sql.join(held, sql` and `)}`.execute(work.tx)
    const unused = rows.map(row => row.sha256)
    await sql`delete from file_texts where sha256 = any(${unused}::text[])`.execute(work.tx)
    await sql`delete from files where sha256 = any(${unused}::text[])`.execute(work.tx)
    return unused
  })

/**
 * Frees the disk of files that nothing has any more: removed before they were sent, swept with old drafts, or left by a
 * transaction that failed. What was kept, or asked to be kept again, within the last day is left alone, since whoever did
 * that may be about to note it.
 * @returns how many were removed
 */
export const sweepFiles = async (kernel: Kernel, files: FileStore, at = now()): Promise<number> => {
  const until = new Date(at.getTime() - dayMs)
  let removed = 0
  for await (const old of files.olderThan(until)) {
    for (const sha256 of await forgetUnused(kernel, old)) if (await files.drop(sha256, until)) removed++
  }
  return removed
}
