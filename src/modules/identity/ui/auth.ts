import { forgetRecent } from '../../../ui/commands/recent.ts'
import { say, type TextKey } from '../../../ui/language/index.ts'
import { forgetLeft } from '../../../ui/left-here.ts'

/** What the sign-in service said no to. */
export class AuthProblem extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(code)
    this.name = 'AuthProblem'
    this.status = status
    this.code = code
  }
}

type Answer = Record<string, unknown>

/** Asks the sign-in service. Unlike other calls, "no" here does not mean that somebody has been signed out. */
export const auth = async (method: 'GET' | 'POST', path: string, body?: Answer): Promise<unknown> => {
  const response = await fetch(`/api/auth/${path}`, {
    method,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
  }).catch(() => null)
  if (!response) throw new AuthProblem(0, 'offline')
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const code = typeof answer === 'object' && answer !== null && 'code' in answer ? String(answer.code) : ''
  throw new AuthProblem(response.status, code)
}

const byCode: Record<string, TextKey> = {
  INVALID_EMAIL_OR_PASSWORD: 'signIn.wrong',
  INVALID_CODE: 'signIn.wrongCode',
  INVALID_BACKUP_CODE: 'signIn.wrongBackup',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'problem.throttled',
  ACCOUNT_TEMPORARILY_LOCKED: 'signIn.locked',
  INVALID_TWO_FACTOR_COOKIE: 'signIn.codeExpired',
  INVALID_PASSWORD: 'account.wrongPassword',
}

/** The sentence for whatever the sign-in service refused. */
export const authSentence = (error: unknown, otherwise: TextKey = 'problem.unknown'): string => {
  if (!(error instanceof AuthProblem)) return say('problem.unknown')
  if (error.status === 0) return say('problem.offline')
  if (error.status === 429) return say('problem.throttled')
  return say(byCode[error.code] ?? otherwise)
}

/** Passkeys belong to a name: at a bare number (http://127.0.0.1:3000) browsers refuse them. */
export const passkeysWork = (): boolean =>
  'PublicKeyCredential' in window && !/^\[|^[\d.]+$/.test(window.location.hostname)

/** Signs in; answers whether a code from the authenticator is wanted first. */
export const signInWithPassword = async (email: string, password: string): Promise<'in' | 'code'> => {
  const answer = await auth('POST', 'sign-in/email', { email, password })
  return typeof answer === 'object' &&
    answer !== null &&
    'twoFactorRedirect' in answer &&
    answer.twoFactorRedirect === true
    ? 'code'
    : 'in'
}

/** Ends the session and leaves nothing of it in the page. */
export const signOut = async () => {
  forgetRecent()
  forgetLeft()
  await auth('POST', 'sign-out').catch(() => null)
  window.location.assign('/sign-in')
}
