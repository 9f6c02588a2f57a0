import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, anonymous, system, type Visibility } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'

type Row = {
  id: number
  name: string
  key: string
  permissions: string[]
  visibility: Visibility
  teams: number[]
  language: string | null
  token_id: number | null
  scopes: string[] | null
}

const columns = sql`s.id, s.name, r.key, r.permissions, r.visibility, s.preferences ->> 'language' as language,
  array(select m.team_id from team_members m where m.staff_id = s.id) as teams`

/** API tokens are random and long, so a plain SHA-256 is enough; a password hash would cost 40 ms per request. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

const actorOfRow = (row: Row): Actor => {
  const all = new Set(row.permissions)
  return {
    kind: 'staff',
    id: row.id,
    name: row.name,
    role: row.key,
    permissions: row.scopes && row.scopes.length > 0 ? new Set(row.scopes.filter(scope => all.has(scope))) : all,
    visibility: row.visibility,
    teams: row.teams,
    language: row.language ?? 'en',
    ...(row.token_id ? { tokenId: row.token_id } : {}),
  }
}

const byToken = (kernel: Kernel, token: string): Promise<Actor | null> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<Row>`select ${columns}, t.id as token_id, t.scopes from api_tokens t
      join staff s on s.id = t.staff_id join roles r on r.id = s.role_id
      where t.sha256 = ${tokenHash(token)} and t.revoked_at is null and (t.expires_at is null or t.expires_at > now())
        and s.ended_at is null`.execute(db)
    return rows[0] ? actorOfRow(rows[0]) : null
  })

const bySession = (kernel: Kernel, token: string): Promise<Actor | null> =>
  kernel.read(system, async ({ db }) => {
    const { rows } = await sql<Row>`select ${columns}, null as token_id, null as scopes from auth.session e
      join staff s on s.user_id = e."userId" join roles r on r.id = s.role_id
      where e.token = ${token} and e."expiresAt" > now() and s.ended_at is null`.execute(db)
    return rows[0] ? { ...actorOfRow(rows[0]), sessionToken: token } : null
  })

const sessionCookie = /(?:^|;\s*)(?:__Secure-)?better-auth\.session_token=([\w-]+)(?:[.;\s]|%2E|$)/i

/** The random part of the session cookie; what follows the dot is its signature. */
export const sessionTokenOf = (cookie: string | undefined): string | null => {
  // Letters, digits and what base64 has, up to the dot: what else stands there is no session of ours.
  return sessionCookie.exec(cookie ?? '')?.[1] ?? null
}

/** The hour of the last use that was noted, by token; each program its own. */
const noted = new WeakMap<Kernel, Map<number, number>>()

/** Notes the use of a token at most once an hour, beside the request. */
const noteUse = (kernel: Kernel, tokenId: number): void => {
  const hour = Math.floor(performance.now() / 3_600_000)
  const lastUse = noted.get(kernel) ?? new Map<number, number>()
  if (lastUse.get(tokenId) === hour) return
  noted.set(kernel, lastUse.set(tokenId, hour))
  kernel
    .work(system, work =>
      work.tx.updateTable('api_tokens').set({ last_used_at: work.now }).where('id', '=', tokenId).execute(),
    )
    .catch(() => {})
}

/**
 * Who a request comes from, asked of the database each time: access that was taken away ends with the next request.
 * @throws Refusal when a token was sent that is not valid
 */
export const actorOf = async (kernel: Kernel, request: FastifyRequest): Promise<Actor> => {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) {
    const actor = await byToken(kernel, bearer)
    if (!actor) throw new Refusal('unauthenticated', 'This token is not valid, has expired or was revoked.')
    if (actor.tokenId) noteUse(kernel, actor.tokenId)
    return actor
  }
  const session = sessionTokenOf(request.headers.cookie)
  return (session && (await bySession(kernel, session))) || anonymous
}

/**
 * A member of staff as whoever acts in a job of theirs, with what the role allows now.
 * @throws Error when they have left: what they began is not carried on in their name
 */
export const actorOfStaff = (kernel: Kernel, staffId: number): Promise<Actor> =>
  kernel.read(system, async ({ db }) => {
    const { rows } =
      await sql<Row>`select ${columns}, null as token_id, null as scopes from staff s join roles r on r.id = s.role_id
      where s.id = ${staffId} and s.ended_at is null`.execute(db)
    if (!rows[0]) throw new Refusal('forbidden', 'Whoever began this has left.')
    return actorOfRow(rows[0])
  })
