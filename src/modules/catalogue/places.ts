import { sql } from 'kysely'
import { assertFresh, notFound, Refusal } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { Place } from './contract-shapes.ts'

/** Places that stand, by name. */
export const allPlaces = async ({ db }: Pick<Reading, 'db'>): Promise<Place[]> =>
  (
    await sql<Place>`select id, name, address, version from places where ended_at is null order by folded(name)`.execute(
      db,
    )
  ).rows

const placeById = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Place> => {
  const { rows } = await sql<Place>`select id, name, address, version from places where id = ${id}`.execute(db)
  return rows[0] ?? notFound('place')
}

const assertFree = async (work: Work, name: string, id: number): Promise<void> => {
  const { rows } =
    await sql`select 1 from places where folded(name) = folded(${name}) and ended_at is null and id <> ${id}`.execute(
      work.tx,
    )
  if (rows.length > 0)
    throw new Refusal('conflict', 'There is a place of this name already.', [{ field: 'name', message: 'is taken' }])
}

/** @throws Refusal `conflict` where the name is taken */
export const addPlace = async (work: Work, input: { name: string; address: string }): Promise<Place> => {
  await assertFree(work, input.name, 0)
  const { id } = await work.tx.insertInto('places').values(input).returning('id').executeTakeFirstOrThrow()
  work.record({ type: 'place.added', subject: { kind: 'place', id }, data: { name: input.name } })
  return placeById({ db: work.tx }, id)
}

type Change = {
  id: number
  name?: string | undefined
  address?: string | undefined
  ended?: boolean | undefined
  version?: number | undefined
}

/** Changes a place, or ends it: then nothing is available there any more. */
export const changePlace = async (work: Work, input: Change): Promise<Place> => {
  await sql`select 1 from places where id = ${input.id} for update`.execute(work.tx)
  const before = await placeById({ db: work.tx }, input.id)
  assertFresh(before.version, input.version, 'place')
  const next = { name: input.name ?? before.name, address: input.address ?? before.address }
  if (!input.ended) await assertFree(work, next.name, input.id)
  await work.tx
    .updateTable('places')
    .set({
      ...next,
      version: before.version + 1,
      ...(input.ended === undefined ? {} : { ended_at: input.ended ? work.now : null }),
    })
    .where('id', '=', input.id)
    .execute()
  const type = input.ended ? 'place.ended' : 'place.changed'
  work.record({ type, subject: { kind: 'place', id: input.id }, data: { name: next.name } })
  return placeById({ db: work.tx }, input.id)
}
