import { sql } from 'kysely'
import type { Reading, Work } from '../../platform/work.ts'
import { type CaseLink, caseLinkDays, conversationFor } from '../cases/index.ts'
import { sendLetter } from '../channels/index.ts'
import { visitorById } from './visiting.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
/** New links to one case for one person. */
const mostInAnHour = 3

/** Whether a link is good no longer. @param graceMs how much longer it is good for what was begun in time */
export const hasExpired = async (
  { db, now }: Pick<Reading, 'db' | 'now'>,
  { madeAt }: CaseLink,
  graceMs = 0,
): Promise<boolean> => {
  if (madeAt) return now.getTime() > madeAt.getTime() + caseLinkDays * dayMs + graceMs
  const settings = await db.selectFrom('portal_settings').select('undated_links_until').executeTakeFirstOrThrow()
  return now.getTime() > settings.undated_links_until.getTime() + graceMs
}

type About = { subject: string; address: string | null; organisation: string }

/** The address that the case was written from, else the first that is known and takes mail. */
const aboutOf = async (work: Work, place: { caseId: number; conversationId: number }, personId: number) => {
  const { rows } = await sql<About>`select c.subject, o.name as organisation, coalesce(
      (select a.address from participants a where a.conversation_id = ${place.conversationId} and a.address is not null
        and a.person_id in (select id from people where id = ${personId} or merged_into = ${personId}) limit 1),
      (select i.value from identities i join people p on p.id = i.person_id where (p.id = ${personId} or p.merged_into = ${personId})
        and i.kind = 'email' and i.undeliverable_at is null order by i.id limit 1)) as address
    from cases c, organisation o where c.id = ${place.caseId}`.execute(work.tx)
  return rows[0] ?? null
}

/**
 * Sends a new link in place of an old one, to the address on file of whom it spoke for and nobody else. Whoever asks is
 * told the same whether there is one or not.
 */
export const renewLink = async (work: Work, link: CaseLink, linkFor: (madeAt: Date) => string): Promise<void> => {
  const visitor = await visitorById({ db: work.tx }, link.personId, link.caseId)
  const place = visitor && (await conversationFor({ db: work.tx }, visitor.personId, link.caseId))
  if (!visitor || !place?.own) return
  const about = await aboutOf(work, place, visitor.personId)
  if (!about?.address || (await hadEnough(work, link))) return
  await work.tx
    .insertInto('portal_new_links')
    .values({ case_id: link.caseId, person_id: link.personId, sent_at: work.now })
    .execute()
  const { subject, address, organisation } = about
  sendLetter(work, {
    kind: 'sign_in',
    to: { name: visitor.name, address },
    subject: `Your new link: ${subject} [#${place.caseId}]`,
    text: `Hello ${visitor.name},\n\nhere is a new link to your case ${place.caseId}. It is good for ${caseLinkDays} days:\n${linkFor(work.now)}\n\nIf you did not ask for it, you need not do anything.\n\n${organisation}`,
  })
}

const hadEnough = async (work: Work, { caseId, personId }: CaseLink): Promise<boolean> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`case link ${caseId} ${personId}`}, 0))`.execute(work.tx)
  const since = new Date(work.now.getTime() - hourMs)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from portal_new_links
    where case_id = ${caseId} and person_id = ${personId} and sent_at > ${since}`.execute(work.tx)
  return (rows[0]?.n ?? 0) >= mostInAnHour
}
