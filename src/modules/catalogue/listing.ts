import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import type { Fault, Press, SetAlternative } from './contract-shapes.ts'

export type Lists = {
  faults?: Fault[] | undefined
  press?: Press[] | undefined
  alternatives?: SetAlternative[] | undefined
}

const setAlternatives = async (work: Work, id: number, given: readonly SetAlternative[]): Promise<void> => {
  const ids = given.map(one => one.productId)
  if (ids.includes(id))
    refuseField(`alternatives[${ids.indexOf(id)}].productId`, 'A product is no alternative to itself')
  if (new Set(ids).size < ids.length) refuseField('alternatives', 'Each alternative stands there once')
  const { rows } = await sql<{ id: number }>`select id from products where id = any(${ids}::bigint[])`.execute(work.tx)
  const known = new Set(rows.map(row => row.id))
  const missing = ids.findIndex(one => !known.has(one))
  if (missing >= 0) refuseField(`alternatives[${missing}].productId`, 'There is no such product')
  await work.tx.deleteFrom('product_alternatives').where('product_id', '=', id).execute()
  if (given.length > 0)
    await work.tx
      .insertInto('product_alternatives')
      .values(
        given.map((one, position) => ({
          product_id: id,
          other_id: one.productId,
          both_ways: one.bothWays,
          note: one.note,
          position,
        })),
      )
      .execute()
}

/**
 * Puts known faults, press notes and alternatives in place of those that were there.
 * @throws Refusal naming an alternative that is none
 */
export const setLists = async (work: Work, id: number, { faults, press, alternatives }: Lists): Promise<void> => {
  if (faults) await work.tx.deleteFrom('product_faults').where('product_id', '=', id).execute()
  if (faults?.length)
    await work.tx
      .insertInto('product_faults')
      .values(
        faults.map(one => ({
          product_id: id,
          text: one.text,
          since: one.since,
          workaround: one.workaround,
          fixed_on: one.fixedOn,
          created_at: work.now,
        })),
      )
      .execute()
  if (press) await work.tx.deleteFrom('product_press').where('product_id', '=', id).execute()
  if (press?.length)
    await work.tx
      .insertInto('product_press')
      .values(
        press.map(one => ({
          product_id: id,
          source: one.source,
          published_on: one.publishedOn,
          quote: one.quote,
          url: one.url,
          created_at: work.now,
        })),
      )
      .execute()
  if (alternatives) await setAlternatives(work, id, alternatives)
}
