import { addStaff, addTeam, setUp } from '../src/modules/identity/index.ts'
import { insertToken } from '../src/modules/identity/settingUp.ts'
import { type Config, readConfig } from '../src/platform/config.ts'
import { system } from '../src/platform/permissions/actor.ts'
import type { Program } from '../src/program.ts'

export const roles = [
  'administrator',
  'line_manager',
  'supervisor',
  'account_manager',
  'adviser',
  'receptionist',
  'driver',
  'auditor',
  'mystery_shopper',
] as const
export type RoleKey = (typeof roles)[number]

export const adminPassword = 'a long enough password'

/** Who there is in the template of the staffed organisation, and by which tokens they ask. */
export type Staffed = {
  ids: Record<string, number>
  tokens: Record<string, string>
  teamId: number
  otherTeamId: number
}

/** What the program is started with in tests: it listens where nobody else does and says nothing. */
export const testConfig = (env: Record<string, string>, flags: string[] = []): Config =>
  readConfig({ PORT: '0', SMTP_LISTEN: 'off', LOG_LEVEL: 'silent', DATABASE_URL: 'postgres://unused', ...env }, flags)

/** One member of staff per role, all in the first team, and an adviser of another team, each with a token. */
export const staffUp = async ({ kernel }: Program): Promise<Staffed> => {
  const adminToken = 'administrator-token-0123456789'
  const { staffId } = await kernel.work(system, work =>
    setUp(work, {
      organisation: 'Trial',
      zone: 'Europe/London',
      name: 'Ada Admin',
      email: 'admin@trial.test',
      password: adminPassword,
      token: adminToken,
    }),
  )
  const teamId = await kernel.read(
    system,
    async ({ db }) => (await db.selectFrom('teams').select('id').executeTakeFirstOrThrow()).id,
  )
  const other = await kernel.work(system, work =>
    addTeam(work, { name: 'Other team', description: '', calendarId: null }),
  )
  const roleIds = await kernel.read(system, ({ db }) => db.selectFrom('roles').select(['id', 'key']).execute())
  const ids: Record<string, number> = { administrator: staffId }
  const tokens: Record<string, string> = { administrator: adminToken }
  const add = async (key: string, role: string, team: number) => {
    const roleId = roleIds.find(one => one.key === role)?.id ?? 0
    await kernel.work(system, async work => {
      const staff = await addStaff(work, {
        name: `Some ${key.replace('_', ' ')}`,
        email: `${key}@trial.test`,
        password: adminPassword,
        roleId,
        teamIds: [team],
      })
      ids[key] = staff.id
      tokens[key] = (await insertToken(work, staff.id, 'test', [], null)).token
    })
  }
  for (const role of roles) if (role !== 'administrator') await add(role, role, teamId)
  await add('outsider', 'adviser', other.id)
  return { ids, tokens, teamId, otherTeamId: other.id }
}
