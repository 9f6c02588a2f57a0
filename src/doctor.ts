import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkAnswering } from './doctor/answering.ts'
import { checkDatabase, checkJobs, type Finding } from './doctor/checks.ts'
import { checkFolder } from './doctor/folder.ts'
import { checkMail } from './doctor/mail.ts'
import { now } from './platform/clock.ts'
import { type Config, configOfProcess } from './platform/config.ts'
import { runningServer, startEmbedded } from './platform/database/embedded.ts'
import { lockFolder } from './platform/database/lock.ts'
import { type Look, lookInto } from './platform/database/looking.ts'
import { giveUp } from './running.ts'

type Opened = { url: string; close(): Promise<void> }

/** The database that runs, or one that is started for as long as the look takes; null where there is none yet. */
const open = async ({ dataDir, databaseUrl }: Config): Promise<Opened | null> => {
  const nothing = async () => {}
  if (databaseUrl) return { url: databaseUrl, close: nothing }
  const running = runningServer(dataDir, 'rapport')
  if (running) return { url: running, close: nothing }
  if (!existsSync(join(dataDir, 'pg'))) return null
  const unlock = lockFolder(dataDir, 'rapport doctor')
  const server = await startEmbedded(dataDir)
  const close = async () => {
    await server.stop()
    unlock()
  }
  return { url: server.urlOf('rapport'), close }
}

const insideDatabase = async (url: string): Promise<Finding[]> => {
  let look: Look
  try {
    look = await lookInto(url)
  } catch (error) {
    const next = 'Is it running, and are address, name and password right?'
    return [{ level: 'wrong', what: `The database does not answer: ${(error as Error).message}`, next }]
  }
  try {
    const first = await checkDatabase(look.query, now)
    const [there] = await look.query<{ yes: boolean }>(`select to_regclass('mailboxes') is not null as yes`)
    if (!there?.yes) return first
    return [...first, ...(await checkJobs(look.query, now())), ...(await checkMail(look.query, now()))]
  } finally {
    await look.close()
  }
}

const marks = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' }

const said = ({ level, what, next }: Finding): string => `${marks[level]}  ${what}${next ? `\n       ${next}` : ''}\n`

/** Looks at everything that commonly goes wrong, says what to do, and ends with 1 where something is wrong. */
const look = async (): Promise<void> => {
  const config = configOfProcess()
  const findings = await checkFolder(config.dataDir, config.databaseUrl === null, now())
  findings.push(await checkAnswering(config))
  const server = await open(config)
  if (server) findings.push(...(await insideDatabase(server.url).finally(server.close)))
  else findings.push({ level: 'note', what: 'There is no database yet.', next: 'The first start makes one: npm start' })
  for (const finding of findings) process.stdout.write(said(finding))
  const wrong = findings.filter(finding => finding.level === 'wrong').length
  process.stdout.write(wrong === 0 ? '\nNothing is wrong.\n' : `\n${wrong} to see to.\n`)
  process.exitCode = wrong === 0 ? 0 : 1
}

look().catch(giveUp)
