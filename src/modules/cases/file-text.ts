import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { formatOf } from '../../platform/documents/formats.ts'
import { textOf } from '../../platform/documents/text-of.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { languageNoted, nameWords, textWords } from '../../platform/search/documents.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { detectLanguage, searchConfig } from '../../platform/text/language.ts'
import { redactText } from '../../platform/text/redact.ts'
import type { Work } from '../../platform/work.ts'

type Named = { id: number; name: string; type: string }

/** Of what a file says, this many characters are kept and searched: about 150 pages. */
const mostKept = 300_000

/**
 * Files that were sent are found by their names from now on, and by what they say once a job has read them. One whose
 * message is taken back is found no more.
 * @param caseId where they are found
 */
export const indexFiles = async (work: Work, files: readonly Named[], caseId: number): Promise<void> => {
  for (const { id, name, type } of files) {
    await sql`insert into search_documents (kind, record_id, scope_id, at, words)
      values ('file', ${id}, ${caseId}, ${work.now}, ${nameWords(redactText(name).text)}) on conflict (kind, record_id) do nothing`.execute(
      work.tx,
    )
    if (formatOf(name, type)) work.enqueue({ name: 'cases:read_file', payload: { id }, queue: 'files', maxAttempts: 3 })
  }
}

export const forgetFiles = async (work: Pick<Work, 'tx'>, ids: readonly number[]): Promise<void> => {
  if (ids.length === 0) return
  await sql`delete from search_documents where kind = 'file' and record_id = any(${ids}::bigint[])`.execute(work.tx)
}

type Said = { text: string; language: string | null }

const known = async (work: Pick<Work, 'tx'>, sha256: string): Promise<Said | undefined> =>
  work.tx.selectFrom('file_texts').select(['text', 'language']).where('sha256', '=', sha256).executeTakeFirst()

/** Reads a content that was not read before: outside any transaction, in a process of its own. */
const read = async (kernel: Kernel, files: FileStore, file: Named & { sha256: string }): Promise<Said> => {
  const format = formatOf(file.name, file.type)
  const answer = format ? await textOf(await buffer(files.open(file.sha256)), format) : ({ reason: 'unknown' } as const)
  const problem = 'reason' in answer ? answer.reason : null
  const text = 'text' in answer ? redactText(cleanText(answer.text).slice(0, mostKept)).text.trim() : ''
  const said = { text, language: await detectLanguage(text) }
  await kernel.work(system, work =>
    work.tx
      .insertInto('file_texts')
      .values({ sha256: file.sha256, ...said, problem, read_at: work.now })
      .onConflict(conflict => conflict.doNothing())
      .execute(),
  )
  return said
}

/**
 * Makes what a file says searchable in its case. Harmless when repeated; a content that is known already, such as a
 * signature's logo or terms that come with every mail, is not read again.
 */
export const readFile = async (kernel: Kernel, files: FileStore, id: number): Promise<void> => {
  const found = await kernel.read(system, async ({ db }) =>
    db
      .selectFrom('attachments as a')
      .leftJoin('file_texts as t', 't.sha256', 'a.sha256')
      .select(['a.id', 'a.name', 'a.type', 'a.sha256', 't.read_at as readAt'])
      .where('a.id', '=', id)
      .where('a.message_id', 'is not', null)
      .executeTakeFirst(),
  )
  if (!found) return
  if (!found.readAt) await read(kernel, files, found)
  await kernel.work(system, async work => {
    const said = await known(work, found.sha256)
    if (!said?.text) return
    const config = searchConfig(said.language)
    await sql`with language as (${languageNoted(work, config)}) update search_documents set words = ${nameWords(redactText(found.name).text)} || ${textWords(config, said.text)}
      where kind = 'file' and record_id = ${id}`.execute(work.tx)
  })
}
