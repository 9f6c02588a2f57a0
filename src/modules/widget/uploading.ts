import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { type Kept, keepFile } from '../cases/index.ts'

const hourMs = 3_600_000
/** A file that was chosen is held for so long. Contents that nothing has are freed after a day, so this is well below it. */
const heldMs = 6 * hourMs
/** Rows are kept for as long as they count, and no longer than a file may lie about. */
const forgottenMs = 24 * hourMs

/** What may be uploaded within an hour, sent or not, by one session and from one address: whoever does it is not known. */
const mostInAnHour = {
  session: { files: 20, bytes: 104_857_600 },
  address: { files: 60, bytes: 314_572_800 },
}

export const sessionHash = (session: string): string => createHash('sha256').update(session).digest('hex')

/** Where an upload comes from: a session's hash, and the address of the network. */
export type Uploader = { session: string; address: string }

type Count = { files: number; bytes: number }
const counted = async ({ db, now }: Pick<Reading, 'db' | 'now'>, { session, address }: Uploader) => {
  const since = new Date(now.getTime() - hourMs)
  const { rows } = await sql<{ session: Count; address: Count }>`select
    (select json_build_object('files', count(*), 'bytes', coalesce(sum(size), 0)) from widget_uploads
      where session_sha256 = ${session} and at > ${since}) as session,
    (select json_build_object('files', count(*), 'bytes', coalesce(sum(size), 0)) from widget_uploads
      where remote_address = ${address} and at > ${since}) as address`.execute(db)
  return rows[0] ?? notFound('session')
}

const assertRoom = async (reading: Pick<Reading, 'db' | 'now'>, from: Uploader, size: number): Promise<void> => {
  const so = await counted(reading, from)
  const full = (['session', 'address'] as const).some(
    by => so[by].files >= mostInAnHour[by].files || so[by].bytes + size > mostInAnHour[by].bytes,
  )
  if (full)
    throw new Refusal('too_many', 'Too many files were uploaded. Please try again in an hour.', [
      { field: 'file', message: 'cannot be taken now: too much was uploaded within the hour' },
    ])
}

type File = { name: string; type: string; content: Buffer }

/**
 * Keeps a file that a visitor chose, card numbers taken out, for the message they are writing.
 * @throws Refusal `too_many` beyond what may be uploaded in an hour, `too_large` for more than 25 MB
 */
export const upload = async (kernel: Kernel, files: FileStore, from: Uploader, file: File, cause: string) => {
  const size = file.content.length
  if (size === 0) refuseField('file', 'is empty')
  await kernel.read(anonymous, reading => assertRoom(reading, from, size))
  const kept = await keepFile(files, file)
  return kernel.work(anonymous, work => noteUpload(work, from, kept), cause)
}

const noteUpload = async (work: Work, from: Uploader, kept: Kept) => {
  // One after the other for each network, so that many at once do not slip past the limit together.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`widget upload ${from.address}`}, 0))`.execute(work.tx)
  await sql`delete from widget_uploads where at < ${new Date(work.now.getTime() - forgottenMs)}`.execute(work.tx)
  await assertRoom({ db: work.tx, now: work.now }, from, kept.size)
  return work.tx
    .insertInto('widget_uploads')
    .values({
      session_sha256: from.session,
      remote_address: from.address,
      sha256: kept.sha256,
      name: kept.name,
      type: kept.type,
      size: kept.size,
      unscanned: kept.unscanned,
      at: work.now,
    })
    .returning(['id', 'name', 'type', 'size'])
    .executeTakeFirstOrThrow()
}

const waiting = (work: Work, session: string, ids: readonly number[]) =>
  work.tx
    .updateTable('widget_uploads')
    .where('session_sha256', '=', session)
    .where('id', 'in', ids)
    .where('sent_at', 'is', null)
    .where('removed_at', 'is', null)

/** Takes back a file that was not sent. @throws Refusal `not_found` where it is not this session's, or sent */
export const removeUpload = async (work: Work, session: string, id: number): Promise<void> => {
  const removed = await waiting(work, session, [id]).set({ removed_at: work.now }).returning('id').execute()
  if (removed.length === 0) notFound('file')
}

/**
 * The files of a message that is sent now, in the order they were chosen.
 * @throws Refusal naming `fileIds` where one is not this session's, was sent before, or lay about for too long
 */
export const takeUploads = async (work: Work, session: string, ids: readonly number[]): Promise<Kept[]> => {
  if (ids.length === 0) return []
  const taken = await waiting(work, session, ids)
    .where('at', '>', new Date(work.now.getTime() - heldMs))
    .set({ sent_at: work.now })
    .returning(['id', 'sha256', 'name', 'type', 'size', 'unscanned'])
    .execute()
  if (taken.length !== new Set(ids).size)
    refuseField('fileIds', 'One of the files is no longer here. Please remove it and choose it again.')
  return taken
    .toSorted((a, b) => a.id - b.id)
    .map(({ id: _id, ...file }) => ({ ...file, contentId: null, inline: false }))
}
