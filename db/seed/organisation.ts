import { addMailbox, changeMailbox, mailboxesOf } from '../../src/modules/channels/index.ts'
import {
  addCalendar,
  addStaff,
  addTeam,
  allRoles,
  allTeams,
  changeTeam,
  setUp,
} from '../../src/modules/identity/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import { emailOf, members, password } from './staff.ts'
import { mailboxes, type TeamKey, teamKeys, teams, zone } from './teams.ts'

/** Sets up the organisation with its administrator, and gives its first team the name of the sample's first. */
export const setUpHarbour = async (kernel: Kernel, at: Date): Promise<void> => {
  const [first] = members
  const about = {
    organisation: 'Harbour Services',
    zone,
    name: first.name,
    email: emailOf(first),
    password,
    token: null,
  }
  await kernel.work(system, work => setUp(work, about), 'sample', at)
  const [team] = await kernel.read(system, allTeams)
  if (team) await kernel.work(system, work => changeTeam(work, { id: team.id, name: teams.counter.name }), 'sample', at)
}

const makeTeam = async (kernel: Kernel, key: TeamKey, at: Date): Promise<number> => {
  const { name, description, calendar } = teams[key]
  const there = (await kernel.read(system, allTeams)).find(team => team.name === name)
  return kernel.work(
    system,
    async work => {
      const { id: calendarId } = await addCalendar(work, calendar)
      const team = { name, description, calendarId }
      return (there ? await changeTeam(work, { id: there.id, ...team }) : await addTeam(work, team)).id
    },
    'sample',
    at,
  )
}

/** @param secret gives each of them a password */
const makeStaff = async (
  kernel: Kernel,
  teamIds: Map<TeamKey, number>,
  at: Date,
  secret: () => string,
): Promise<void> => {
  const roles = await kernel.read(system, allRoles)
  for (const member of members) {
    // Whoever set this installation up remains its only administrator.
    if (member.role === 'administrator') continue
    const roleId = roles.find(role => role.key === member.role)?.id ?? 0
    const ids = member.teams.map(key => teamIds.get(key) ?? 0)
    const staff = { name: member.name, email: emailOf(member), password: secret(), roleId, teamIds: ids }
    await kernel.work(system, work => addStaff(work, staff), 'sample', at)
  }
}

/** A mailbox that is listened to has no password that a key would have to encrypt. */
const noKey = Buffer.alloc(0)

const makeMailboxes = async (kernel: Kernel, teamIds: Map<TeamKey, number>, at: Date): Promise<void> => {
  const there = await kernel.read(system, mailboxesOf)
  for (const { address, name, team } of mailboxes) {
    const teamId = teamIds.get(team) ?? null
    const id = there.find(mailbox => mailbox.address === address)?.id
    await kernel.work(
      system,
      work =>
        id
          ? changeMailbox(work, noKey, { id, name, teamId })
          : addMailbox(work, noKey, { name, address, kind: 'listener', teamId, acknowledge: true, imap: null }),
      'sample',
      at,
    )
  }
}

/**
 * Teams with their hours, staff and mailboxes.
 * @param secret the password of each member of staff
 */
export const makeOrganisation = async (kernel: Kernel, at: Date, secret: () => string): Promise<void> => {
  const teamIds = new Map<TeamKey, number>()
  for (const key of teamKeys) teamIds.set(key, await makeTeam(kernel, key, at))
  await makeStaff(kernel, teamIds, at, secret)
  await makeMailboxes(kernel, teamIds, at)
}
