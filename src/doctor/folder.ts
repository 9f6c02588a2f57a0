import { statfsSync } from 'node:fs'
import { access, constants, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Finding, note, ok, wrong } from './checks.ts'

const gigabyte = 1_073_741_824

/** The folder: there, writeable, with room, and backed up lately. */
export const checkFolder = async (dataDir: string, embedded: boolean, at: Date): Promise<Finding[]> => {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK)
  } catch {
    return [
      wrong(`DATA_DIR ${dataDir} cannot be written to.`, 'Create it, or give this user the right to write there.'),
    ]
  }
  const { bavail, bsize, blocks } = statfsSync(dataDir)
  const free = bavail * bsize
  const share = Math.round((100 * bavail) / Math.max(1, blocks))
  const room = `${(free / gigabyte).toFixed(1)} GB free (${share} %) for ${dataDir}`
  const disk =
    free < gigabyte
      ? wrong(`Hardly any room: ${room}.`, 'Make room or move DATA_DIR; nothing that was confirmed is lost meanwhile.')
      : share < 10
        ? note(`The disk fills up: ${room}.`, 'Plan for more room.')
        : ok(`${room}.`)
  const key = await stat(join(dataDir, 'installation.key')).then(
    file =>
      (file.mode & 0o077) === 0
        ? ok('The installation key is there and private.')
        : wrong('The installation key can be read by other users.', `chmod 600 ${join(dataDir, 'installation.key')}`),
    () => note('There is no installation key yet.', 'It is made at the first start.'),
  )
  return [disk, key, ...(embedded ? [await lastBackup(dataDir, at)] : [])]
}

const lastBackup = async (dataDir: string, at: Date): Promise<Finding> => {
  const folder = join(dataDir, 'backups')
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(names.map(async name => (await stat(join(folder, name))).mtime.getTime()))
  const newest = Math.max(0, ...times)
  if (newest === 0)
    return note(
      'There is no backup in DATA_DIR/backups.',
      'Run `npm run rapport backup <file>` every night, to another disk.',
    )
  const days = Math.floor((at.getTime() - newest) / 86_400_000)
  return days > 7
    ? note(
        `The newest backup in DATA_DIR/backups is ${days} days old.`,
        'Run `npm run rapport backup <file>` every night.',
      )
    : ok(`The newest backup in DATA_DIR/backups is ${days} days old.`)
}
