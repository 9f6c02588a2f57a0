import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

// OWASP's first choice for argon2id: 19 MiB, two passes, one lane. About 40 ms on one core of a small server.
const memory = 19_456
const passes = 2

const derive = (password: string, nonce: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    argon2(
      'argon2id',
      { message: password.normalize('NFKC'), nonce, parallelism: 1, tagLength: 32, memory, passes },
      (error, key) => (error ? reject(error) : resolve(Buffer.from(key))),
    )
  })

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** @returns the hash in the PHC string format, with its parameters */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16)
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${base64(salt)}$${base64(await derive(password, salt))}`
}

export const verifyPassword = async (hash: string, password: string): Promise<boolean> => {
  const [, algorithm, , , salt, key] = hash.split('$')
  if (algorithm !== 'argon2id' || !salt || !key) return false
  const expected = Buffer.from(key, 'base64')
  const given = await derive(password, Buffer.from(salt, 'base64'))
  return given.length === expected.length && timingSafeEqual(given, expected)
}
