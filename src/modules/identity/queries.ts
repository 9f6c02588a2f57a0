import { sql } from 'kysely'
import { isOpen } from '../../platform/calendar/index.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import type { WorkingCalendar } from '../../shared/calendar.ts'

type Db = Pick<Reading, 'db'>

/** What amounts are in where nobody says otherwise. */
export const currencyOf = async ({ db }: Db): Promise<string> =>
  (await db.selectFrom('organisation').select('currency').executeTakeFirst())?.currency ?? 'GBP'

/** Whose law holds where nothing is known of the customer's: a country, or a nation of one. */
export const jurisdictionOf = async ({ db }: Db): Promise<string> =>
  (await db.selectFrom('organisation').select('jurisdiction').executeTakeFirst())?.jurisdiction ?? 'GB-EAW'

/** The time zone of the organisation's clock on the wall; UTC until it is set up. */
export const zoneOf = async ({ db }: Db): Promise<string> =>
  (await db.selectFrom('organisation').select('zone').executeTakeFirst())?.zone ?? 'UTC'

/** What we call ourselves, for pages that anybody may see. */
export const organisationName = async ({ db }: Db): Promise<string> =>
  (await db.selectFrom('organisation').select('name').executeTakeFirst())?.name ?? 'Rapport'

const staffQuery = ({ db }: Db) =>
  db
    .selectFrom('staff as s')
    .innerJoin('roles as r', 'r.id', 's.role_id')
    .select([
      's.id',
      's.name',
      's.email',
      's.role_id as roleId',
      's.manager_id as managerId',
      'r.name as roleName',
      's.joined_at as joinedAt',
      's.ended_at as endedAt',
      's.version',
    ])
    .select(sql<number[]>`array(select m.team_id from team_members m where m.staff_id = s.id order by 1)`.as('teamIds'))

export const allStaff = (reading: Db) =>
  staffQuery(reading).orderBy(sql`s.ended_at is not null`).orderBy('s.name').execute()

export const staffById = async (reading: Db, id: number) =>
  (await staffQuery(reading).where('s.id', '=', id).executeTakeFirst()) ?? notFound('member of staff')

const teamQuery = ({ db }: Db) =>
  db
    .selectFrom('teams as t')
    .select(['t.id', 't.name', 't.description', 't.calendar_id as calendarId', 't.version'])
    .select(
      sql<
        number[]
      >`array(select m.staff_id from team_members m join staff s on s.id = m.staff_id where m.team_id = t.id and s.ended_at is null order by 1)`.as(
        'memberIds',
      ),
    )
    .where('t.ended_at', 'is', null)

export const allTeams = (reading: Db) => teamQuery(reading).orderBy('t.name').execute()
export const teamById = async (reading: Db, id: number) =>
  (await teamQuery(reading).where('t.id', '=', id).executeTakeFirst()) ?? notFound('team')

export const allRoles = async ({ db }: Db) =>
  (
    await db
      .selectFrom('roles')
      .select(['id', 'key', 'name', 'description', 'permissions', 'visibility', 'version'])
      .orderBy('id')
      .execute()
  ).map(role => ({
    ...role,
    visibility: role.visibility as 'all' | 'team' | 'own' | 'none',
  }))

export const roleById = async (reading: Db, id: number) =>
  (await allRoles(reading)).find(role => role.id === id) ?? notFound('role')

export const organisationOf = async ({ db }: Db) =>
  (await db
    .selectFrom('organisation')
    .select(['name', 'zone', 'language', 'currency', 'jurisdiction', 'calendar_id as calendarId', 'version'])
    .executeTakeFirst()) ?? notFound('organisation')

type Timed = Pick<Reading, 'db' | 'now'>

const calendarOf = (
  row: { id: number; name: string; version: number; zone: string; week: unknown; holidays: unknown },
  now: Date,
) => {
  const hours = { zone: row.zone, week: row.week, holidays: row.holidays } as WorkingCalendar
  return { id: row.id, name: row.name, version: row.version, hours, openNow: isOpen(hours, now) }
}

export const allCalendars = async ({ db, now }: Timed) =>
  (await db.selectFrom('calendars').selectAll().orderBy('id').execute()).map(row => calendarOf(row, now))

export const calendarById = async ({ db, now }: Timed, id: number) => {
  const row = await db.selectFrom('calendars').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? calendarOf(row, now) : notFound('calendar')
}

/** What the signed-in member of staff is told about the own account. */
export const meOf = async ({ db, actor }: Reading) => {
  const { rows } = await sql<{
    id: number
    name: string
    email: string
    key: string
    roleName: string
    preferences: Record<string, never>
    teams: { id: number; name: string }[]
    twoFactor: boolean | null
    organisation: { name: string; zone: string; language: string; currency: string }
  }>`
    select s.id, s.name, s.email, r.key, r.name as "roleName", s.preferences, u."twoFactorEnabled" as "twoFactor",
      coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
        from team_members m join teams t on t.id = m.team_id where m.staff_id = s.id and t.ended_at is null), '[]') as teams,
      (select json_build_object('name', o.name, 'zone', o.zone, 'language', o.language, 'currency', o.currency) from organisation o) as organisation
    from staff s join roles r on r.id = s.role_id left join auth."user" u on u.id = s.user_id
    where s.id = ${actor.id}`.execute(db)
  const me = rows[0]
  if (!me) return notFound('member of staff')
  return {
    ...me,
    role: { key: me.key, name: me.roleName },
    permissions: [...actor.permissions],
    twoFactor: me.twoFactor ?? false,
  }
}

export const sessionsOf = async ({ db, actor }: Reading) => {
  const { rows } = await sql<{
    id: string
    token: string
    address: string | null
    browser: string | null
    createdAt: Date
    expiresAt: Date
  }>`
    select e.id, e.token, e."ipAddress" as address, e."userAgent" as browser, e."createdAt", e."expiresAt"
    from auth.session e join staff s on s.user_id = e."userId"
    where s.id = ${actor.id} and e."expiresAt" > now() order by e."createdAt" desc`.execute(db)
  return rows.map(({ token, ...session }) => ({ ...session, current: token === actor.sessionToken }))
}

export const tokensOf = ({ db, actor }: Reading) =>
  db
    .selectFrom('api_tokens')
    .select([
      'id',
      'name',
      'scopes',
      'created_at as createdAt',
      'expires_at as expiresAt',
      'last_used_at as lastUsedAt',
    ])
    .where('staff_id', '=', actor.id)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .execute()
