import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'
import { textAsHtml } from './formatting.ts'

export type Form = { text: string; html: string | null }

const htmlOf = ({ text, html }: Form): string => html ?? textAsHtml(text)

/** One text after the other, with the formatting of both. */
export const joinedForms = (first: Form, second: Form | undefined): Form => {
  if (!second || second.text.trim() === '') return first
  if (first.text.trim() === '') return second
  const html = (first.html ?? second.html) === null ? null : htmlOf(first) + htmlOf(second)
  return { text: `${first.text}\n\n${second.text}`, html }
}

/**
 * What comes for a case that was merged away meanwhile: the end of the joined text grows, or it comes after it.
 * @param there the draft where the case went
 */
export const lateForm = (there: Form, late: Form): Form => {
  if (there.text.includes(late.text)) return there
  const starts = [0, ...[...there.text.matchAll(/\n\n/g)].map(({ index }) => index + 2)]
  const at = starts.find(start => late.text.startsWith(there.text.slice(start)))
  if (at === 0) return late
  if (at === undefined || there.html !== null || late.html !== null) return joinedForms(there, late)
  return { text: there.text.slice(0, at) + late.text, html: null }
}

type Moving = { staffId: number; kind: string; updatedAt: Date } & Form & {
    there: string | null
    thereHtml: string | null
  }

/**
 * Unfinished replies and notes of a case, with their files and earlier versions, go on in another one. Where somebody
 * was writing in both, what stood there comes first.
 */
export const moveDrafts = async (work: Work, from: number, to: number): Promise<void> => {
  const { rows } =
    await sql<Moving>`select d.staff_id as "staffId", d.kind, d.text, d.html, d.updated_at as "updatedAt",
      o.text as there, o.html as "thereHtml"
    from drafts d left join drafts o on o.case_id = ${to} and o.staff_id = d.staff_id and o.kind = d.kind
    where d.case_id = ${from} for update of d`.execute(work.tx)
  for (const { staffId, kind, updatedAt, there, thereHtml, ...mine } of rows) {
    const form = there === null ? mine : joinedForms({ text: there, html: thereHtml }, mine)
    await sql`insert into drafts (case_id, staff_id, kind, text, html, seen_message_id, updated_at)
      values (${to}, ${staffId}, ${kind}, ${form.text}, ${form.html}, null, ${updatedAt})
      on conflict (case_id, staff_id, kind) do update set text = excluded.text, html = excluded.html, version = drafts.version + 1`.execute(
      work.tx,
    )
  }
  // Whoever types in the other case meanwhile may save over what was joined: it can be put back from the versions.
  await sql`insert into draft_versions (case_id, staff_id, kind, text, html, at)
    select ${to}, d.staff_id, d.kind, d.text, d.html, ${work.now} from drafts d join drafts o on o.case_id = ${to} and o.staff_id = d.staff_id and o.kind = d.kind
    where d.case_id = ${from} and d.text <> ''`.execute(work.tx)
  await sql`delete from drafts where case_id = ${from}`.execute(work.tx)
  await sql`update draft_versions set case_id = ${to} where case_id = ${from}`.execute(work.tx)
  await sql`update attachments set case_id = ${to} where case_id = ${from} and message_id is null`.execute(work.tx)
}
