import { sql } from 'kysely'
import { system } from '../../platform/permissions/actor.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { addView } from '../cases/index.ts'
import { assertForm } from './answers.ts'
import type { OfferField } from './contract.ts'
import { allOffers } from './queries.ts'

type Values = {
  teamId: number
  name: string
  description: string
  fields: OfferField[]
  targetMinutes: number | null
  needsApproval: boolean
}

const teamOf = async (work: Work, id: number) =>
  (await work.tx
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()) ?? refuseField('teamId', 'There is no such team')

const assertUnique = async (work: Work, { teamId, name }: Pick<Values, 'teamId' | 'name'>, except: number) => {
  // Two who add the same at once come one after the other.
  await sql`select pg_advisory_xact_lock(7203119, ${teamId}::int)`.execute(work.tx)
  const { rows } = await sql`select 1 from offers where team_id = ${teamId} and lower(name) = lower(${name})
    and ended_at is null and id <> ${except}`.execute(work.tx)
  if (rows.length > 0) refuseField('name', 'This team offers something of that name already')
}

/** A department that begins to offer something gets a queue of what colleagues ask of it. */
const openQueue = async (work: Work, team: { id: number; name: string }): Promise<void> => {
  const { rows } = await sql`select 1 from offers where team_id = ${team.id} limit 1`.execute(work.tx)
  if (rows.length > 0) return
  await addView(
    { ...work, actor: system },
    {
      name: `Asked of ${team.name}`.slice(0, 100),
      condition: {
        all: [
          { field: 'team', op: 'is', value: team.id },
          { field: 'internal', op: 'is', value: true },
        ],
      },
      sort: 'urgency',
      shared: false,
      teamId: team.id,
    },
  )
}

const rowOf = (values: Values) => ({
  team_id: values.teamId,
  name: values.name,
  description: values.description,
  fields: JSON.stringify(values.fields),
  target_minutes: values.targetMinutes,
  needs_approval: values.needsApproval,
})

/** @throws Refusal naming `teamId`, `name` or the field of the form */
export const addOffer = async (work: Work, input: Values) => {
  const team = await teamOf(work, input.teamId)
  await assertUnique(work, input, 0)
  assertForm(input.fields)
  await openQueue(work, team)
  const { id } = await work.tx.insertInto('offers').values(rowOf(input)).returning('id').executeTakeFirstOrThrow()
  work.record({ type: 'offer.added', subject: { kind: 'offer', id }, data: { name: input.name, team: team.name } })
  const { items } = await allOffers({ db: work.tx, now: work.now })
  return items.find(one => one.id === id) ?? notFound('offer')
}

type Change = { [K in keyof Values]?: Values[K] | undefined } & {
  id: number
  ended?: true | undefined
  version?: number | undefined
}

/** Changes an offer, or ends it. What was asked for stays as it was. */
export const changeOffer = async (work: Work, input: Change) => {
  const before = await work.tx
    .selectFrom('offers')
    .selectAll()
    .where('id', '=', input.id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!before) return notFound('offer')
  assertFresh(before.version, input.version, 'offer')
  const values: Values = {
    teamId: input.teamId ?? before.team_id,
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    fields: input.fields ?? (before.fields as OfferField[]),
    targetMinutes: input.targetMinutes === undefined ? before.target_minutes : input.targetMinutes,
    needsApproval: input.needsApproval ?? before.needs_approval,
  }
  const team = await teamOf(work, values.teamId)
  if (!input.ended) await assertUnique(work, values, input.id)
  assertForm(values.fields)
  await openQueue(work, team)
  await work.tx
    .updateTable('offers')
    .set({ ...rowOf(values), ended_at: input.ended ? work.now : null, version: before.version + 1 })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: input.ended ? 'offer.ended' : 'offer.changed',
    subject: { kind: 'offer', id: input.id },
    data: { name: values.name, team: team.name },
  })
  return allOffers({ db: work.tx, now: work.now })
}
