import type { Tell } from '../../platform/events/telling.ts'
import { api, edge, read, work } from '../../platform/http/api.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'
import { Refusal } from '../../platform/refusal.ts'
import { done } from '../../shared/contract.ts'
import { endSession, makeToken, revokeToken, setPreferences } from './accounts.ts'
import { auditTrail } from './auditing.ts'
import { identity } from './contract.ts'
import { addCalendar, addTeam, changeCalendar, changeOrganisation, changeTeam } from './organising.ts'
import { permissionNames } from './permissions.ts'
import { allCalendars, allRoles, allStaff, allTeams, meOf, organisationOf, sessionsOf, tokensOf } from './queries.ts'
import { changeRole } from './roles.ts'
import { isSetUp, setUp } from './settingUp.ts'
import { addStaff, changeStaff } from './staffing.ts'

export type IdentityOptions = {
  tell: Tell
  /** What the events of all modules say of people. */
  personal(): PersonalKeys
  /** Loads the sample organisation; known only to the program that has it. */
  loadSample(): Promise<void>
  /** Ends the live streams of somebody whose access ended or changed, or of everybody. */
  dropLive(staffId: number | 'everybody'): void
}

export const identityApi = ({ tell, personal, loadSample }: IdentityOptions) =>
  api(identity, {
    setupState: read(async reading => ({ needed: !(await isSetUp(reading)) })),
    setUp: edge(async ({ kernel, request }, { sample, ...input }) => {
      await kernel.work(system, w => setUp(w, { ...input, token: null }), request.id)
      if (sample) await loadSample()
      return done
    }),
    me: read(meOf),
    setPreferences: work((w, { preferences }) => setPreferences(w, preferences)),
    sessions: read(async reading => ({ items: await sessionsOf(reading) })),
    endSession: work((w, { id }) => endSession(w, id)),
    tokens: read(async reading => ({ items: await tokensOf(reading) })),
    makeToken: work(makeToken),
    revokeToken: work((w, { id }) => revokeToken(w, id)),
    organisation: read(organisationOf),
    changeOrganisation: work(changeOrganisation),
    staff: read(async reading => ({ items: await allStaff(reading) })),
    addStaff: work(addStaff),
    changeStaff: edge(async ({ kernel, actor, request }, input) => {
      if (input.ended && input.id === actor.id) throw new Refusal('conflict', 'You cannot end your own access.')
      return kernel.work(actor, w => changeStaff(w, input), request.id)
    }),
    roles: read(async reading => ({ items: await allRoles(reading), permissions: permissionNames })),
    changeRole: work((w, input) => changeRole(w, input, permissionNames)),
    teams: read(async reading => ({ items: await allTeams(reading) })),
    addTeam: work(addTeam),
    changeTeam: work(changeTeam),
    calendars: read(async reading => ({ items: await allCalendars(reading) })),
    addCalendar: work(addCalendar),
    changeCalendar: work(changeCalendar),
    audit: read((reading, input) => auditTrail(reading, input, tell, personal())),
  })
