import { acknowledge, addCode, publishCode, startCampaign, starters } from '../../src/modules/codes/index.ts'
import { allRoles } from '../../src/modules/identity/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Cast } from './cast.ts'
import type { StaffKey } from './staff.ts'

const dayMs = 86_400_000
const dayFrom = (now: Date, days: number): string => new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10)

/** Which of the ready-made codes were made ours and published; the rest wait as drafts. */
const published = ['telephone', 'refunds', 'complaints', 'confidentiality', 'equality', 'safety']

/** Who was asked to read what, and who has. */
const campaigns: { key: string; roles: string[]; inDays: number; readers: StaffKey[] }[] = [
  { key: 'telephone', roles: ['adviser', 'receptionist'], inDays: 6, readers: ['priya', 'grace', 'ellie'] },
  { key: 'confidentiality', roles: [], inDays: 12, readers: ['priya', 'tom', 'owen', 'helen'] },
]

/** A code from before the law changed, for the checks to find something in. */
const old = {
  name: 'Workshop',
  level: 'profession' as const,
  scope: 'Repairs in our workshop.',
  limits: '',
  definitions: '',
  contact: 'The workshop’s line manager',
  jurisdiction: 'uk' as const,
  clauses: [
    {
      key: 'solvents',
      part: 'staff' as const,
      text: 'Solvents are handled as the COSHH Regulations 1994 say.',
      promise: null,
    },
    {
      key: 'repairs',
      part: 'customers' as const,
      text: 'We always repair as soon as possible.',
      promise: { indicator: null, remedy: '', remedyMinutes: null },
    },
  ],
}

/** What the sample organisation holds itself to. */
export const makeCodes = async (kernel: Kernel, cast: Cast, now: Date, founded: Date): Promise<void> => {
  const ids = new Map<string, number>()
  const owner = cast.actor('owen')
  for (const { key, content } of starters) {
    const placed = { ...content, reviewOn: dayFrom(now, 200) }
    const id = await kernel.work(owner, work => addCode(work, placed), 'sample', founded)
    ids.set(key, id)
    if (published.includes(key))
      await kernel.work(cast.actor('helen'), work => publishCode(work, { id, note: '' }), 'sample', founded)
  }
  await kernel.work(owner, work => addCode(work, { ...old, reviewOn: dayFrom(now, -20) }), 'sample', founded)
  const roles = await kernel.read(system, allRoles)
  for (const { key, roles: keys, inDays, readers } of campaigns) {
    const id = ids.get(key) as number
    const roleIds = roles.filter(role => keys.includes(role.key)).map(role => role.id)
    const asking = { id, dueOn: dayFrom(now, inDays), roleIds, teamIds: [] }
    await kernel.work(cast.actor('helen'), work => startCampaign(work, asking), 'sample', now)
    for (const who of readers)
      await kernel.work(cast.actor(who), work => acknowledge(work, { id, number: 1 }), 'sample', now)
  }
}
