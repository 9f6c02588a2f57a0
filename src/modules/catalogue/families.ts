import { sql } from 'kysely'
import { assertFresh, notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertDeclarations } from './attributes.ts'
import type { Attribute, Family } from './contract-shapes.ts'

const columns = sql`f.id, f.name, f.attributes, f.staff_id as "staffId", s.name as "staffName", f.version,
  (select count(*)::int from products p where p.family_id = f.id) as "productCount"`

/** Families that stand, by name. */
export const allFamilies = async ({ db }: Pick<Reading, 'db'>): Promise<Family[]> =>
  (
    await sql<Family>`select ${columns} from product_families f left join staff s on s.id = f.staff_id
      where f.ended_at is null order by folded(f.name)`.execute(db)
  ).rows

export const familyById = async ({ db }: Pick<Reading, 'db'>, id: number): Promise<Family> => {
  const { rows } = await sql<Family>`select ${columns} from product_families f left join staff s on s.id = f.staff_id
    where f.id = ${id}`.execute(db)
  return rows[0] ?? notFound('family')
}

const assertStaff = async (work: Work, staffId: number | null | undefined): Promise<void> => {
  if (!staffId) return
  const there = await work.tx
    .selectFrom('staff')
    .select('id')
    .where('id', '=', staffId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!there) refuseField('staffId', 'There is no such member of staff')
}

const assertFree = async (work: Work, name: string, id: number): Promise<void> => {
  const { rows } = await sql`select 1 from product_families
    where folded(name) = folded(${name}) and ended_at is null and id <> ${id}`.execute(work.tx)
  if (rows.length > 0)
    throw new Refusal('conflict', 'There is a family of this name already.', [{ field: 'name', message: 'is taken' }])
}

type NewFamily = { name: string; attributes: Attribute[]; staffId: number | null }

/** @throws Refusal naming the field that is wrong, `conflict` where the name is taken */
export const addFamily = async (work: Work, input: NewFamily): Promise<Family> => {
  assertDeclarations(input.attributes)
  await assertStaff(work, input.staffId)
  await assertFree(work, input.name, 0)
  const { id } = await work.tx
    .insertInto('product_families')
    .values({ name: input.name, attributes: JSON.stringify(input.attributes), staff_id: input.staffId })
    .returning('id')
    .executeTakeFirstOrThrow()
  work.record({ type: 'family.added', subject: { kind: 'family', id }, data: { name: input.name } })
  return familyById({ db: work.tx }, id)
}

type Change = { [K in keyof NewFamily]?: NewFamily[K] | undefined } & { id: number; version?: number | undefined }

/** @throws Refusal `stale` with an old version, otherwise as when one is added */
export const changeFamily = async (work: Work, input: Change): Promise<Family> => {
  await sql`select 1 from product_families where id = ${input.id} for update`.execute(work.tx)
  const before = await familyById({ db: work.tx }, input.id)
  assertFresh(before.version, input.version, 'family')
  const next = {
    name: input.name ?? before.name,
    attributes: input.attributes ?? before.attributes,
    staffId: input.staffId === undefined ? before.staffId : input.staffId,
  }
  assertDeclarations(next.attributes)
  if (next.staffId !== before.staffId) await assertStaff(work, next.staffId)
  await assertFree(work, next.name, input.id)
  await work.tx
    .updateTable('product_families')
    .set({
      name: next.name,
      attributes: JSON.stringify(next.attributes),
      staff_id: next.staffId,
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  work.record({ type: 'family.changed', subject: { kind: 'family', id: input.id }, data: { name: next.name } })
  return familyById({ db: work.tx }, input.id)
}
