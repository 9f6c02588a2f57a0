import { passkeyClient } from '@better-auth/passkey/client'
import { createAuthClient } from 'better-auth/client'

/** Loaded only where a passkey is used: the client is larger than the rest of the sign-in page. */
const client = createAuthClient({ baseURL: window.location.origin, basePath: '/api/auth', plugins: [passkeyClient()] })

export type Outcome = 'done' | 'cancelled' | 'stale' | 'failed'
type Refused = { message?: string | undefined; code?: string }

const outcomeOf = (error: Refused | null | undefined): Outcome => {
  if (!error) return 'done'
  if (error.code === 'SESSION_NOT_FRESH') return 'stale'
  return /cancel|abort|not allowed/i.test(`${error.code ?? ''} ${error.message ?? ''}`) ? 'cancelled' : 'failed'
}

export const signInWithPasskey = async (): Promise<Outcome> => outcomeOf((await client.signIn.passkey()).error)
export const addPasskey = async (): Promise<Outcome> => outcomeOf((await client.passkey.addPasskey())?.error)
