import { topicsOf } from '../../src/modules/cases/index.ts'
import { mailboxesOf } from '../../src/modules/channels/index.ts'
import { allRoles, allStaff, allTeams } from '../../src/modules/identity/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { type Actor, anonymous, system } from '../../src/platform/permissions/actor.ts'
import { emailOf, members, type StaffKey } from './staff.ts'
import { type TeamKey, teamKeys, teams } from './teams.ts'

/** Who acts in the sample and what they act on, by the names the stories use. */
export type Cast = {
  actor(key: string): Actor
  staffId(key: string): number
  teamId(key: TeamKey): number
  topicId(key: string): number
  mailboxId(team: TeamKey): number | null
}

const known = <T>(map: ReadonlyMap<string, T>, key: string, what: string): T => {
  const found = map.get(key)
  if (found === undefined) throw new Error(`The sample knows no ${what} "${key}"`)
  return found
}

/** Staff with the permissions of their roles: nothing happens in a story that its people may not do. */
const actorsIn = async (kernel: Kernel): Promise<Map<string, Actor>> => {
  const staff = await kernel.read(system, allStaff)
  const roles = await kernel.read(system, allRoles)
  const administrator = roles.find(role => role.key === 'administrator')?.id
  const actors = new Map<string, Actor>()
  for (const member of members) {
    const row =
      staff.find(one => one.email === emailOf(member)) ??
      // Somebody set this installation up before: they are the administrator of the sample too.
      staff.find(one => member.role === 'administrator' && one.roleId === administrator)
    const role = roles.find(one => one.id === row?.roleId)
    if (!row || !role) continue
    const { id, name, teamIds } = row
    const can = { permissions: new Set(role.permissions), visibility: role.visibility, teams: teamIds }
    actors.set(member.key, { ...anonymous, kind: 'staff', id, name, role: role.key, ...can })
  }
  return actors
}

/** Looks up everybody and everything the stories name. */
export const castOf = async (kernel: Kernel): Promise<Cast> => {
  const actors = await actorsIn(kernel)
  const rows = await kernel.read(system, allTeams)
  const idsOfTeams = new Map(teamKeys.map(key => [key, rows.find(row => row.name === teams[key].name)?.id ?? 0]))
  const topics = new Map((await kernel.read(system, topicsOf)).map(topic => [topic.key, topic.id]))
  const mailboxes = await kernel.read(system, mailboxesOf)
  return {
    actor: key => known(actors, key, 'member of staff'),
    staffId: key => known(actors, key, 'member of staff').id as number,
    teamId: key => known(idsOfTeams, key, 'team'),
    topicId: key => known(topics, key, 'topic'),
    mailboxId: team => mailboxes.find(mailbox => mailbox.address === teams[team].mailbox)?.id ?? null,
  }
}

/** The members of staff that have a customer record too, because they ask the service desk. */
export const isStaffKey = (key: string): key is StaffKey => members.some(member => member.key === key)
