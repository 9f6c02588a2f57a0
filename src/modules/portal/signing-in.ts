import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { sendLetter } from '../channels/index.ts'
import { normalOf } from '../people/index.ts'
import { type Visitor, visitorById } from './visiting.ts'

const codeMinutes = 15
const sessionDays = 30
const mostTries = 5
const codesPerHour = { email: 5, address: 30 }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** A code of six digits is guessed in a million tries, so its hash holds the address too, and the code ends after five. */
const codeHash = (email: string, code: string): string => sha256(`${email} ${code.replace(/\D/g, '')}`)

const tooMany = async (work: Work, email: string, address: string): Promise<boolean> => {
  const since = new Date(work.now.getTime() - 3_600_000)
  const { rows } = await sql<{ email: number; address: number }>`select
    (select count(*)::int from portal_codes where email = ${email} and created_at > ${since}) as email,
    (select count(*)::int from portal_codes where remote_address = ${address} and created_at > ${since}) as address`.execute(
    work.tx,
  )
  return (rows[0]?.email ?? 0) >= codesPerHour.email || (rows[0]?.address ?? 0) >= codesPerHour.address
}

const personOf = async ({ db }: Pick<Reading, 'db'>, email: string) => {
  const { rows } = await sql<{ id: number; name: string; value: string }>`select p.id, p.name, i.value from identities i
    join people w on w.id = i.person_id join people p on p.id = coalesce(w.merged_into, w.id)
    where i.kind = 'email' and i.normal = ${email}`.execute(db)
  return rows[0] ?? null
}

/**
 * Sends a one-time code to an address we know. Whoever asks is told the same whether we know it or not.
 * @param address where the request came from
 * @throws Refusal `too_many` after too many codes in an hour
 */
export const askCode = async (work: Work, input: { email: string; address: string; page: string }): Promise<void> => {
  const email = normalOf('email', input.email)
  if (await tooMany(work, email, input.address))
    throw new Refusal('too_many', 'Too many codes were asked for. Please try again in an hour.')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await work.tx
    .insertInto('portal_codes')
    .values({
      email,
      sha256: codeHash(email, code),
      remote_address: input.address,
      created_at: work.now,
      expires_at: new Date(work.now.getTime() + codeMinutes * 60_000),
    })
    .execute()
  const person = await personOf({ db: work.tx }, email)
  if (!person) return
  const { name } = await work.tx.selectFrom('organisation').select('name').executeTakeFirstOrThrow()
  sendLetter(work, {
    kind: 'sign_in',
    to: { name: person.name, address: person.value },
    subject: `Your code for ${name}: ${code}`,
    text: `Hello ${person.name},\n\nyour code is ${code}. It is good for ${codeMinutes} minutes.\n\nType it in where you asked for it:\n${input.page}\n\nIf you did not ask for it, you need not do anything.\n\n${name}`,
  })
}

type Code = { id: number; sha256: string; tries: number }

/**
 * Exchanges a code for a session. The address is verified by it.
 * @returns the session, or null where the code is not right: then the try is counted
 */
export const signIn = async (
  work: Work,
  input: { email: string; code: string },
): Promise<{ session: string; name: string; expiresAt: Date } | null> => {
  const email = normalOf('email', input.email)
  const { rows } = await sql<Code>`select id, sha256, tries from portal_codes where email = ${email} and used_at is null
    and expires_at > ${work.now} order by id desc limit 1 for update`.execute(work.tx)
  const code = rows[0]
  const person = await personOf({ db: work.tx }, email)
  const right =
    code && person && code.tries < mostTries
      ? timingSafeEqual(Buffer.from(code.sha256), Buffer.from(codeHash(email, input.code)))
      : false
  if (!right || !person) {
    if (code)
      await work.tx
        .updateTable('portal_codes')
        .set({ tries: code.tries + 1 })
        .where('id', '=', code.id)
        .execute()
    return null
  }
  await work.tx.updateTable('portal_codes').set({ used_at: work.now }).where('email', '=', email).execute()
  work.record({ type: 'portal.signed_in', subject: { kind: 'person', id: person.id } })
  return openSession(work, person)
}

const openSession = async (work: Work, person: { id: number; name: string }) => {
  const session = randomBytes(32).toString('base64url')
  const expiresAt = new Date(work.now.getTime() + sessionDays * 86_400_000)
  await work.tx
    .insertInto('portal_sessions')
    .values({ sha256: sha256(session), person_id: person.id, created_at: work.now, expires_at: expiresAt })
    .execute()
  return { session, name: person.name, expiresAt }
}

export const wrongCode = (): never =>
  refuseField('code', 'This code is not right, or has expired. Ask for a new one if you need to.')

/** Who a session belongs to, or null. */
export const visitorOf = async (
  reading: Pick<Reading, 'db' | 'now'>,
  session: string | null,
): Promise<Visitor | null> => {
  if (!session || session.length > 100) return null
  const row = await reading.db
    .selectFrom('portal_sessions')
    .select('person_id')
    .where('sha256', '=', sha256(session))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', reading.now)
    .executeTakeFirst()
  return row ? visitorById(reading, row.person_id, null) : null
}

export const signOut = async (work: Work, session: string | null): Promise<void> => {
  if (!session) return
  await work.tx
    .updateTable('portal_sessions')
    .set({ ended_at: work.now })
    .where('sha256', '=', sha256(session))
    .where('ended_at', 'is', null)
    .execute()
}

/** @throws Refusal `not_found`: to whoever is not signed in, a case does not exist */
export const mustBe = (visitor: Visitor | null): Visitor => visitor ?? notFound('case')
