import { sql } from 'kysely'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { insertToken } from './settingUp.ts'

const me = (work: Work): number => work.actor.id ?? notFound('member of staff')

export const setPreferences = async (work: Work, preferences: object) => {
  await work.tx
    .updateTable('staff')
    .set({ preferences: sql`preferences || ${JSON.stringify(preferences)}::jsonb` })
    .where('id', '=', me(work))
    .execute()
  return done
}

/** Ends one of the own sessions. */
export const endSession = async (work: Work, sessionId: string) => {
  const { rows } = await sql`delete from auth.session e using staff s
    where s.user_id = e."userId" and s.id = ${me(work)} and e.id = ${sessionId} returning e.id`.execute(work.tx)
  if (rows.length === 0) return notFound('session')
  work.record({ type: 'staff.session_ended', subject: { kind: 'staff', id: me(work) } })
  return done
}

const dayMs = 86_400_000

/** Makes a token that can do at most what its owner can. */
export const makeToken = async (work: Work, input: { name: string; scopes: string[]; days: number | null }) => {
  // Of a token no scopes mean everything: one whose scopes its role has lost must not make such a one.
  if (work.actor.tokenId && work.actor.permissions.size === 0)
    throw new Refusal('forbidden', 'This token has no permission to pass on.')
  const beyond = input.scopes.findIndex(scope => !work.actor.permissions.has(scope))
  if (beyond >= 0) refuseField(`scopes[${beyond}]`, 'You do not have this permission yourself')
  const expires = input.days === null ? null : new Date(work.now.getTime() + input.days * dayMs)
  // A token that is itself limited must not make one that can do more.
  const scopes = input.scopes.length > 0 ? input.scopes : work.actor.tokenId ? [...work.actor.permissions] : []
  const made = await insertToken(work, me(work), input.name, scopes, expires)
  work.record({
    type: 'staff.token_made',
    subject: { kind: 'staff', id: me(work) },
    data: { name: input.name, scopes },
  })
  return made
}

export const revokeToken = async (work: Work, id: number) => {
  const gone = await work.tx
    .updateTable('api_tokens')
    .set({ revoked_at: work.now })
    .where('id', '=', id)
    .where('staff_id', '=', me(work))
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst()
  if (!gone) return notFound('token')
  work.record({ type: 'staff.token_revoked', subject: { kind: 'staff', id: me(work) }, data: { name: gone.name } })
  return done
}
