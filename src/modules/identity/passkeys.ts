import { getAuthenticatorName, passkey } from '@better-auth/passkey'
import { APIError } from 'better-auth/api'

/**
 * Where passkeys belong to. Browsers bind them to a name and refuse numbers, so an installation whose address is a
 * number (http://127.0.0.1:3000) has them at localhost.
 * @param baseUrl address of the installation; a path in it does not count
 */
export const passkeyHome = (baseUrl: string): { rpID: string; origin: string } => {
  const url = new URL(baseUrl)
  if (/^\[|^[\d.]+$/.test(url.hostname)) url.hostname = 'localhost'
  return { rpID: url.hostname, origin: url.origin }
}

const assertVerified = (verified: boolean | undefined) => {
  if (!verified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'Unlock the passkey first.' })
}

/**
 * Passkeys stand for password and second factor together. So the device must know who holds it (fingerprint, face,
 * code), and keep the account with the key, because nobody types an e-mail address first.
 */
export const passkeys = (baseUrl: string) =>
  passkey({
    ...passkeyHome(baseUrl),
    rpName: 'Rapport',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      afterVerification: ({ verification }) => {
        assertVerified(verification.registrationInfo?.userVerified)
        const name = getAuthenticatorName(verification.registrationInfo?.aaguid)
        return name ? { name } : undefined
      },
    },
    authentication: {
      afterVerification: ({ verification }) => assertVerified(verification.authenticationInfo.userVerified),
    },
  })
