import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The installation's key: made once, kept in the data folder, never in the database. */
export const installationKey = (dataDir: string): Buffer => {
  const path = join(dataDir, 'installation.key')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new Error(`${path} is not an installation key.`)
  return key
}

/** A key for one purpose, so that what signs links cannot decrypt mail. */
export const keyFor = (installation: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', installation, Buffer.alloc(0), `rapport ${purpose}`, 32))

/** AES-256-GCM: version byte, nonce, tag, text. */
export const seal = (key: Buffer, plain: Buffer): Buffer => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), body])
}

/** @throws Error when the key is wrong or a byte was changed */
export const unseal = (key: Buffer, sealed: Buffer): Buffer => {
  if (sealed[0] !== 1) throw new Error('Sealed with an unknown version.')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13))
  decipher.setAuthTag(sealed.subarray(13, 29))
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()])
}
