import { addGroup, addPerson, customerTypes } from '../../src/modules/people/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import { type Cast, isStaffKey } from './cast.ts'
import { type Block, blocksOf } from './scripts.ts'

/** A person of the sample as the stories need them. */
export type Person = { key: string; id: number; type: string; plain: boolean; hasEmail: boolean; hasPhone: boolean }

const identityKinds = ['email', 'phone', 'card', 'staff_number', 'student_number', 'account_number'] as const
type IdentityKind = (typeof identityKinds)[number]

/** Lines of `name: value`; a name may come more than once. */
const linesOf = ({ lines }: Block) =>
  lines
    .map(line => /^(\w+): (.*)$/.exec(line)?.slice(1) as [string, string] | undefined)
    .filter(line => line !== undefined)

const makeGroups = async (kernel: Kernel, at: Date): Promise<Map<string, number>> => {
  const ids = new Map<string, number>()
  for (const block of blocksOf('./groups.txt')) {
    const about = new Map(linesOf(block))
    const domains = about.get('domain')?.split(' ') ?? []
    const group = { kind: about.get('kind') ?? '', name: block.title, domains, notes: about.get('notes') ?? '' }
    const made = await kernel.work(
      system,
      work => addGroup(work, { ...group, membersSeeEachOther: about.has('shared') }),
      'sample',
      at,
    )
    ids.set(about.get('key') ?? '', made.id)
  }
  return ids
}

type Register = { cast: Cast; types: Map<string, number>; groups: Map<string, number> }

const newPersonOf = (block: Block, { cast, types, groups }: Register) => {
  const lines = linesOf(block)
  const about = new Map(lines)
  const [key = '', type = ''] = (block.lines[0] ?? '').split(' ')
  const identities = lines.filter((line): line is [IdentityKind, string] =>
    identityKinds.some(kind => kind === line[0]),
  )
  const input = {
    name: block.title,
    typeId: types.get(type) ?? null,
    identities: identities.map(([kind, value]) => ({ kind, value })),
    groupIds: lines.filter(([name]) => name === 'group').map(([, group]) => groups.get(group) ?? 0),
    preferredChannel: about.get('channel') ?? null,
    language: about.get('language') ?? null,
    needs: about.get('needs') ?? '',
    expectations: about.get('expectations') ?? '',
    adjustments: about.get('adjustments') ?? '',
    notes: about.get('notes') ?? '',
    vulnerable: about.has('vulnerable'),
    ...(about.has('relationship') ? { relationship: about.get('relationship') as 'short' | 'long' } : {}),
    ...(isStaffKey(key) ? { staffId: cast.staffId(key) } : {}),
  }
  const plain = !about.has('language') && !about.has('vulnerable')
  return { key, type, input, plain, hasEmail: about.has('email'), hasPhone: about.has('phone') }
}

/** Groups and people of the register, from the files beside this one. */
export const makePeople = async (kernel: Kernel, cast: Cast, at: Date): Promise<Map<string, Person>> => {
  const types = new Map((await kernel.read(system, customerTypes)).map(type => [type.key, type.id]))
  const register = { cast, types, groups: await makeGroups(kernel, at) }
  const people = new Map<string, Person>()
  for (const block of blocksOf('./people.txt')) {
    const { input, ...person } = newPersonOf(block, register)
    const { id } = await kernel.work(system, work => addPerson(work, input), 'sample', at)
    people.set(person.key, { ...person, id })
  }
  return people
}
