import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { allStaff, isSetUp } from '../../src/modules/identity/index.ts'
import type { Config } from '../../src/platform/config.ts'
import { fileStore } from '../../src/platform/files/store.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import { Refusal } from '../../src/platform/refusal.ts'
import { authorityUsed, makeAuthority } from './authority.ts'
import { castOf } from './cast.ts'
import { makeCatalogue } from './catalogue.ts'
import { makeCodes } from './codes.ts'
import { complaintsHandled } from './complaints.ts'
import { makeCover } from './cover.ts'
import { makeDiary } from './diary.ts'
import { tellHistory } from './history.ts'
import { makeKnowledge } from './knowledge.ts'
import { makeLevels } from './levels.ts'
import { makeOrganisation, setUpHarbour } from './organisation.ts'
import { makePeople } from './people.ts'
import { makeProcedures } from './procedures.ts'
import { makePurchases } from './purchases.ts'
import { makeReturnPolicy, makeReturns, returnsSettled } from './returns.ts'
import { makeRules } from './rules.ts'
import { makeSettings } from './settings.ts'
import { emailOf, members, password } from './staff.ts'
import { makeWorkspace } from './workspace.ts'

export type SampleSignIn = { role: string; email: string; password: string }

const nameOf = (role: string): string => `${role.charAt(0).toUpperCase()}${role.slice(1).replaceAll('_', ' ')}`

/**
 * How the people of the sample organisation sign in. Where somebody set the installation up before, they are its
 * administrator and the one listed here does not exist.
 */
export const sampleSignIns: SampleSignIn[] = members.map(member => ({
  role: nameOf(member.role),
  email: emailOf(member),
  password,
}))

const dayMs = 86_400_000
/** The organisation is older than its oldest case. */
const foundedDaysAgo = 75

/**
 * Loads the sample organisation: its teams, staff, customers and the last 60 days of their cases. An installation
 * that was set up keeps its organisation and administrator.
 * @throws Refusal `conflict` when it was loaded before
 */
export const loadSample = async (kernel: Kernel, config: Config): Promise<void> => {
  const staff = await kernel.read(system, allStaff)
  if (staff.some(one => sampleSignIns.some(signIn => signIn.email === one.email)))
    throw new Refusal('conflict', 'The sample organisation is loaded already.')
  const { now, needed } = await kernel.read(system, async reading => ({
    now: reading.now,
    needed: !(await isSetUp(reading)),
  }))
  const founded = new Date(now.getTime() - foundedDaysAgo * dayMs)
  if (needed) await setUpHarbour(kernel, founded)
  // In an installation that somebody set up, nobody gets in with a published password: an administrator gives them one.
  await makeOrganisation(kernel, founded, needed ? () => password : () => randomBytes(24).toString('base64url'))
  const cast = await castOf(kernel)
  await makeSettings(kernel, cast, founded)
  await makeLevels(kernel, founded)
  const people = await makePeople(kernel, cast, founded)
  const files = fileStore(join(config.dataDir, 'files'))
  await makeAuthority(kernel, cast, founded, 'before history')
  await makeReturnPolicy(kernel, cast, founded)
  const meanwhile = [
    ...authorityUsed(kernel, cast, now),
    ...returnsSettled(kernel, cast, people, now),
    ...complaintsHandled(kernel, cast, now),
  ]
  await tellHistory({ kernel, files, cast, now }, people, meanwhile)
  await makeAuthority(kernel, cast, founded, 'whole')
  await makeCatalogue(kernel, cast, now, founded)
  await makePurchases(kernel, cast, people, now, founded)
  await makeWorkspace(kernel, cast, now, founded)
  await makeDiary(kernel, cast, now)
  await makeCover(kernel, cast, now)
  await makeKnowledge(kernel, cast, now, config.baseUrl)
  await makeProcedures(kernel, cast, now, founded)
  await makeCodes(kernel, cast, now, founded)
  await makeRules(kernel, cast, founded)
  await makeReturns(kernel, cast, now)
}
