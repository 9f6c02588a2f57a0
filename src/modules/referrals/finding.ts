import { sql } from 'kysely'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Step } from '../authority/contract.ts'
import { deciderFor } from '../authority/index.ts'
import type { Form, ToKind } from './contract.ts'
import { meOf } from './locking.ts'

/** Where a referral goes: to a colleague, to a team, or to somebody outside. */
export type Goal = {
  name: string
  deciderId: number | null
  teamId: number | null
  person: { id: number; address: string | null } | null
  trail: Step[]
  /** Who is told. */
  tellIds: number[]
}

export type Wanted = {
  toKind: ToKind
  toId?: number | undefined
  form?: Form | undefined
  personId: number
  byMail: boolean
}

const nobody = { deciderId: null, teamId: null, person: null, trail: [], tellIds: [] }

const toTeam = async (work: Work, id: number): Promise<Goal> => {
  const me = meOf(work)
  const { rows } = await sql<{
    name: string
    members: number[]
  }>`select t.name, array(select m.staff_id from team_members m
      join staff s on s.id = m.staff_id and s.ended_at is null where m.team_id = t.id and s.id <> ${me} order by 1 limit 200) as members
    from teams t where t.id = ${id} and t.ended_at is null`.execute(work.tx)
  const team = rows[0] ?? refuseField('toId', 'There is no such team')
  if (team.members.length === 0) refuseField('toId', 'Nobody else is in this team')
  return { ...nobody, name: team.name, teamId: id, tellIds: team.members }
}

/** Somebody outside who supplies us: marked so, or of an organisation. */
const toSupplier = async (work: Work, id: number, byMail: boolean): Promise<Goal> => {
  const { rows } = await sql<{ id: number; name: string; supplies: boolean; address: string | null }>`
    select p.id, p.name, (coalesce(y.key = 'supplier', false) or exists (select 1 from memberships m join groups g on g.id = m.group_id
        where m.person_id = p.id and g.kind = 'organisation')) and p.staff_id is null as supplies,
      (select i.value from identities i where i.person_id = p.id and i.kind = 'email' and i.undeliverable_at is null order by i.id limit 1) as address
    from people p left join customer_types y on y.id = p.type_id where p.id = ${id} and p.merged_into is null`.execute(
    work.tx,
  )
  const person = rows[0] ?? refuseField('toId', 'There is no such person')
  if (!person.supplies) refuseField('toId', 'This is no supplier contact: give them that type, or an organisation')
  if (byMail && !person.address) refuseField('toId', `No e-mail address is known for ${person.name}`)
  return { ...nobody, name: person.name, person: { id: person.id, address: person.address } }
}

const managerOf = async (work: Work): Promise<number> => {
  const row = await work.tx.selectFrom('staff').select('manager_id').where('id', '=', meOf(work)).executeTakeFirst()
  return row?.manager_id ?? refuseField('toKind', 'Nobody is named as your line manager yet')
}

const named = async (work: Work, { toKind, toId }: Wanted): Promise<{ namedId?: number; roleId?: number }> => {
  if (toKind === 'decider') return {}
  if (toKind === 'manager') return { namedId: await managerOf(work) }
  const id = toId ?? refuseField('toId', 'Say to whom')
  if (toKind === 'role') return { roleId: id }
  if (id === meOf(work)) refuseField('toId', 'Somebody else than yourself')
  const known = await work.tx.selectFrom('staff').select('id').where('id', '=', id).executeTakeFirst()
  if (!known) refuseField('toId', 'There is no such member of staff')
  return { namedId: id }
}

export const whatOf = (form: Form | null | undefined, personId: number) =>
  form ? { act: form.act, currency: form.currency, amount: form.amount, personId } : undefined

/**
 * Finds whom a referral goes to; whoever is not there, or may not decide it, is passed over for the next level.
 * @throws Refusal naming the field, or `conflict` with the way that was gone where nobody is there
 */
export const goalOf = async (work: Work, wanted: Wanted): Promise<Goal> => {
  const { toKind, toId } = wanted
  if (toKind === 'team') return toTeam(work, toId ?? refuseField('toId', 'Say which team'))
  if (toKind === 'supplier') return toSupplier(work, toId ?? refuseField('toId', 'Say to whom'), wanted.byMail)
  if (toKind === 'decider' && !wanted.form) refuseField('form', 'Say what is to be decided')
  const what = whatOf(wanted.form, wanted.personId)
  const asked = { makerId: meOf(work), what, ...(await named(work, wanted)) }
  const { decider, trail } = await deciderFor({ db: work.tx, now: work.now }, asked)
  if (!decider) throw new Refusal('conflict', 'Nobody is here who may decide this.', [], { trail })
  return { ...nobody, name: decider.name, deciderId: decider.id, trail, tellIds: [decider.id] }
}
