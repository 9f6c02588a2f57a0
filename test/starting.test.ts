import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ConfigError, readConfig } from '../src/platform/config.ts'
import { lockFolder } from '../src/platform/database/lock.ts'
import { bringUpToDate } from '../src/platform/database/opening.ts'
import { freePort, startApp } from './app.ts'

const mistakes = (env: Record<string, string>, args: string[] = []): string[] => {
  try {
    readConfig(env, args)
    return []
  } catch (error) {
    return (error as ConfigError).lines
  }
}

test('every mistake in the environment is told at once, one line each, in words', () => {
  const lines = mistakes(
    {
      PORT: 'abc',
      HOST: 'not a host',
      BASE_URL: 'https://user:secret@help.example/?a=1',
      DATABASE_URL: 'mysql://x',
      SMTP_LISTEN: '127.0.0.1:99999',
      ADMIN_EMAIL: 'a',
      LOG_LEVEL: 'loud',
      INTAKE_PER_MINUTE: '0',
      OUTGOING_ALLOW: '169.254.169.254',
    },
    ['--roles=cook', '--role=http'],
  )
  const named = lines.map(line => line.split(':')[0])
  expect(named).toHaveLength(13)
  expect(new Set(named)).toEqual(
    new Set([
      '--role=http',
      '--roles',
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
      'BASE_URL',
      'DATABASE_URL',
      'HOST',
      'INTAKE_PER_MINUTE',
      'LOG_LEVEL',
      'ORGANISATION',
      'OUTGOING_ALLOW',
      'PORT',
      'SMTP_LISTEN',
    ]),
  )
  expect(lines.join('\n')).not.toMatch(/NaN|Invalid|expected|secret/)
})

test.each([' ', '0x10', '1e3', '-1', '70000', '21.5'])('%o is no port', port => {
  expect(mistakes({ PORT: port })).toEqual(['PORT: must be a whole number from 0 to 65535'])
})

const taken = async (use: (port: number) => Promise<void>) => {
  const port = await freePort()
  const other = createServer()
  await new Promise<void>(resolve => other.listen(port, '127.0.0.1', resolve))
  await use(port).finally(() => other.close())
}

test('a port that another program has is named, for the web server and for mail', async () => {
  await taken(port =>
    expect(startApp({ env: { PORT: String(port) }, jobs: false })).rejects.toThrow(
      `PORT: 127.0.0.1:${port} is in use by another program`,
    ),
  )
  await taken(port =>
    expect(startApp({ env: { SMTP_LISTEN: `127.0.0.1:${port}` } })).rejects.toThrow(
      `SMTP_LISTEN: 127.0.0.1:${port} is in use by another program`,
    ),
  )
})

test('a data folder that is a file, and a database that does not answer, are told in a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-start-'))
  writeFileSync(join(folder, 'file'), '')
  expect(() => lockFolder(join(folder, 'file'), '')).toThrow('cannot be used: it is a file')
  expect(() => lockFolder(join(folder, 'file', 'within'), '')).toThrow('part of its path is a file')
  rmSync(folder, { recursive: true })
  const nobody = { url: `postgres://user:secret@127.0.0.1:${await freePort()}/x`, embedded: null }
  await expect(bringUpToDate({ dataDir: folder }, nobody)).rejects.toThrow(
    /^DATABASE_URL: the database does not answer: (?!.*secret)/,
  )
})
