import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { currencyOf } from '../identity/index.ts'
import { placesOf } from './alternatives.ts'
import { declaredOnly, problemWith } from './attributes.ts'
import type { Found, Reason, Want } from './contract-matching.ts'
import type { Attribute, AttributeValue, ProductLine } from './contract-shapes.ts'
import { familyById } from './families.ts'
import { wordsOf } from './likeness.ts'
import { availableSql, linesOf } from './queries.ts'

export type Need = {
  familyId?: number | undefined
  kind?: string | undefined
  wants: Want[]
  words: string
  priceMaxMinor?: number | undefined
  currency?: string | undefined
  placeId?: number | undefined
  limit: number
}

type Db = Pick<Reading, 'db'>
export type Row = {
  id: number
  name: string
  text: string
  attributes: Record<string, AttributeValue>
  priceMinor: number | null
  currency: string
  here: boolean
}

/** So many are looked at for one need; beyond that it says too little. */
export const mostConsidered = 2000
const mustWeight = 3

const rowsFor = async ({ db }: Db, need: Need): Promise<Row[]> => {
  const any = wordsOf(need.words)
    .map(word => `${word}:*`)
    .join(' | ')
  const { rows } =
    await sql<Row>`select p.id, p.name, folded(p.name || ' ' || p.quality || ' ' || left(p.description, 4000)) as text, p.attributes,
      p.price_minor as "priceMinor", p.currency, ${availableSql(need.placeId)} as here
    from products p where p.discontinued_at is null ${need.kind ? sql`and p.kind = ${need.kind}` : sql``}
      ${need.familyId ? sql`and p.family_id = ${need.familyId}` : sql`and p.words @@ to_tsquery('simple', folded(${any}))`}
    order by folded(p.name), p.id limit ${mostConsidered}`.execute(db)
  return rows
}

const compare: Record<Want['op'], (has: AttributeValue, wanted: AttributeValue) => boolean> = {
  is: (has, wanted) =>
    typeof has === 'string' && typeof wanted === 'string' ? has.toLowerCase() === wanted.toLowerCase() : has === wanted,
  at_least: (has, wanted) => Number(has) >= Number(wanted),
  at_most: (has, wanted) => Number(has) <= Number(wanted),
  contains: (has, wanted) => String(has).toLowerCase().includes(String(wanted).toLowerCase()),
}

const nothing = { attribute: null, want: null, has: null, words: [] as string[], must: false }

const byAttributes = (row: Row, declared: readonly Attribute[], wants: readonly Want[]): Reason[] => {
  const values = declaredOnly(declared, row.attributes)
  return wants.map(want => {
    const attribute = declared.find(one => one.key === want.key) as Attribute
    const has = values[want.key] ?? null
    return {
      kind: 'attribute',
      fits: has !== null && compare[want.op](has, want.value),
      must: want.must,
      attribute,
      want,
      has,
      words: [],
    }
  })
}

const byWords = (row: Row, words: readonly string[]): Reason[] => {
  const own = wordsOf(row.text)
  const isThere = (word: string) => own.some(one => one.startsWith(word))
  const [found, missing] = [words.filter(isThere), words.filter(word => !isThere(word))]
  return [
    ...(found.length > 0 ? [{ ...nothing, kind: 'words' as const, fits: true, words: found }] : []),
    ...(missing.length > 0 ? [{ ...nothing, kind: 'words' as const, fits: false, words: missing }] : []),
  ]
}

const weightOf = (reason: Reason): number =>
  reason.kind === 'words' ? reason.words.length : reason.must ? mustWeight : 1

/** Why a product fits and in what it does not, and how much of all that was asked it meets. */
export const judged = (row: Row, need: Need, declared: readonly Attribute[]) => {
  const { priceMaxMinor: most, currency } = need
  const cheapEnough = row.priceMinor !== null && row.currency === currency && row.priceMinor <= (most ?? 0)
  const reasons: Reason[] = [
    ...byAttributes(row, declared, need.wants),
    ...(most === undefined
      ? []
      : [{ ...nothing, kind: 'price' as const, fits: cheapEnough, must: true, has: row.priceMinor }]),
    ...byWords(row, wordsOf(need.words)),
    ...(need.placeId ? [{ ...nothing, kind: 'place' as const, fits: row.here }] : []),
  ]
  const whole = reasons.reduce((sum, reason) => sum + weightOf(reason), 0)
  const met = reasons.filter(reason => reason.fits).reduce((sum, reason) => sum + weightOf(reason), 0)
  const fits = reasons.every(reason => reason.fits || !reason.must)
  return { row, fits, score: whole === 0 ? 1 : Math.round((met / whole) * 1000) / 1000, reasons }
}

type Judged = ReturnType<typeof judged>

const cost = ({ row }: Judged) => row.priceMinor ?? Number.MAX_SAFE_INTEGER

/** What meets every must first, then what meets most; what is here before what is not, then the cheaper one. */
export const byFit = (a: Judged, b: Judged): number =>
  Number(b.fits) - Number(a.fits) ||
  b.score - a.score ||
  Number(b.row.here) - Number(a.row.here) ||
  cost(a) - cost(b) ||
  a.row.id - b.row.id

const assertWants = (declared: readonly Attribute[], wants: readonly Want[]): void => {
  for (const [index, want] of wants.entries()) {
    const attribute =
      declared.find(one => one.key === want.key) ??
      refuseField(`wants[${index}].key`, 'The family declares no such feature')
    if (want.op.startsWith('at_') && attribute.type !== 'number')
      refuseField(`wants[${index}].op`, 'Only a number can be at least or at most something')
    const problem = want.op === 'contains' && attribute.type !== 'number' ? null : problemWith(attribute, want.value)
    if (problem) refuseField(`wants[${index}].value`, problem)
  }
}

const withPlaces = (reasons: readonly Reason[], product: ProductLine, placeId: number | undefined): Reason[] =>
  reasons.map(reason =>
    reason.kind === 'place' && !reason.fits
      ? { ...reason, words: placesOf(product, placeId ?? null).map(one => one.place) }
      : reason,
  )

/**
 * Finds what fits a need, the best first, each with its reasons.
 * @throws Refusal naming `familyId` when there is nothing to go by, or the want that makes no sense
 */
export const matchProducts = async (reading: Db, need: Need): Promise<{ items: Found[]; considered: number }> => {
  if (!need.familyId && wordsOf(need.words).length === 0)
    refuseField('familyId', 'Choose a family, or write what it is in a few words')
  const declared = need.familyId ? (await familyById(reading, need.familyId)).attributes : []
  assertWants(declared, need.wants)
  const currency = need.currency ?? (await currencyOf(reading))
  const rows = await rowsFor(reading, need)
  const best = rows
    .map(row => judged(row, { ...need, currency }, declared))
    .toSorted(byFit)
    .slice(0, need.limit)
  const lines = await linesOf(
    reading,
    best.map(one => one.row.id),
  )
  const items = best.flatMap(({ row, fits, score, reasons }) => {
    const product = lines.get(row.id)
    return product ? [{ product, fits, score, reasons: withPlaces(reasons, product, need.placeId) }] : []
  })
  return { items, considered: rows.length }
}
