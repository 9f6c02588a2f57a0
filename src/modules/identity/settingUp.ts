import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { bankHolidays } from '../../platform/calendar/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { tokenHash } from './actors.ts'
import { hashPassword } from './password.ts'

export const isSetUp = async ({ db }: Pick<Reading, 'db'>): Promise<boolean> =>
  (await db.selectFrom('organisation').select('id').executeTakeFirst()) !== undefined

const weekday = [{ from: '09:00', to: '17:30' }]
const officeHours = {
  monday: weekday,
  tuesday: weekday,
  wednesday: weekday,
  thursday: weekday,
  friday: weekday,
  saturday: [],
  sunday: [],
}

export type First = {
  organisation: string
  zone: string
  name: string
  email: string
  password: string
  token: string | null
}

/** Makes the way somebody signs in with a password, in the tables of the sign-in library. */
export const makeUser = async (work: Work, name: string, email: string, passwordHash: string): Promise<string> => {
  const id = randomUUID()
  const address = email.toLowerCase()
  await sql`insert into auth."user" ("id", "name", "email", "emailVerified") values (${id}, ${name}, ${address}, true)`.execute(
    work.tx,
  )
  await sql`insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    values (${randomUUID()}, ${id}, 'credential', ${id}, ${passwordHash}, ${work.now})`.execute(work.tx)
  return id
}

/** Makes an API token of a member of staff. @returns its id and the token, which is stored nowhere in clear */
export const insertToken = async (
  work: Work,
  staffId: number,
  name: string,
  scopes: string[],
  expiresAt: Date | null,
  token = `rap_${randomBytes(32).toString('base64url')}`,
) => {
  const row = await work.tx
    .insertInto('api_tokens')
    .values({ staff_id: staffId, name, sha256: tokenHash(token), scopes, created_at: work.now, expires_at: expiresAt })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: row.id, token }
}

/**
 * Makes the organisation and its first administrator.
 * @throws Refusal when that was done before
 */
export const setUp = async (work: Work, first: First): Promise<{ staffId: number }> => {
  await sql`select pg_advisory_xact_lock(7203115)`.execute(work.tx)
  if (await isSetUp({ db: work.tx }))
    throw new Refusal('conflict', 'This installation is set up already. Sign in instead.')
  const holidays = first.zone === 'Europe/London' ? bankHolidays['GB-EAW'] : []
  const calendar = await work.tx
    .insertInto('calendars')
    .values({
      name: 'Office hours',
      zone: first.zone,
      week: JSON.stringify(officeHours),
      holidays: JSON.stringify(holidays),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await work.tx
    .insertInto('organisation')
    .values({ id: 1, name: first.organisation, zone: first.zone, calendar_id: calendar.id, set_up_at: work.now })
    .execute()
  const userId = await makeUser(work, first.name, first.email, await hashPassword(first.password))
  const role = await work.tx
    .selectFrom('roles')
    .select('id')
    .where('key', '=', 'administrator')
    .executeTakeFirstOrThrow()
  const team = await work.tx
    .insertInto('teams')
    .values({ name: 'Customer service', description: 'Receives and handles contacts' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const staff = await work.tx
    .insertInto('staff')
    .values({
      user_id: userId,
      name: first.name,
      email: first.email.toLowerCase(),
      role_id: role.id,
      joined_at: work.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await work.tx.insertInto('team_members').values({ team_id: team.id, staff_id: staff.id }).execute()
  if (first.token) await insertToken(work, staff.id, 'First administrator', [], null, first.token)
  work.record({
    type: 'organisation.set_up',
    subject: { kind: 'organisation', id: 1 },
    data: { name: first.organisation },
  })
  work.record({
    type: 'staff.added',
    subject: { kind: 'staff', id: staff.id },
    data: { name: first.name, email: first.email, role: 'administrator' },
  })
  return { staffId: staff.id }
}
