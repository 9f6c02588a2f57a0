import { Temporal } from 'temporal-polyfill'
import { inForce, lastDay, type WorkingDays } from '../../platform/calendar/index.ts'
import { compile, resolve } from '../../platform/conditions/index.ts'
import type { Reading } from '../../platform/work.ts'
import { currencyOf, jurisdictionOf, zoneOf } from '../identity/index.ts'
import { hoursInForce } from '../promises/index.ts'
import type { Assessment, Coming, HouseRule, Policy, Return } from './contract.ts'
import { houseFields } from './house-facts.ts'
import type { Facts } from './law/facts.ts'
import { packFor } from './law/packs.ts'
import { lawOf } from './law/rights.ts'
import type { Pack } from './law/shape.ts'
import { assertComing, paidFor, type Sold, soldLines } from './loading.ts'
import { houseOptions, lawOptions } from './options.ts'
import { policyInForce } from './policies.ts'

/** All that an assessment goes by beside the line itself. */
export type Ground = {
  zone: string
  today: string
  days: WorkingDays
  policy: Policy | null
  now: Date
  own: string
  here: boolean
  currency: string
}

const dayIn = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString()

/** Which law: that of the customer's country where a pack is for it, else that of where we are. */
const packOf = (country: string | null, own: string): Pack | undefined => {
  return packFor(nationOf(country, own)) ?? packFor(own)
}

/** A country of several laws is the nation that we are in where that is one of it. */
const nationOf = (country: string | null, own: string): string =>
  country === null || own.startsWith(`${country}-`) ? own : country

const lawAt = (pack: Pack, country: string | null, own: string): string => {
  const nation = nationOf(country, own)
  return pack.jurisdictions.includes(nation) ? nation : (pack.jurisdictions[0] as string)
}

const factsOf = (coming: Coming, sold: Sold | null, pack: Pack, { zone, own, here, today }: Ground): Facts => {
  const day = (at: Date | null | undefined) => (at ? dayIn(at, zone) : null)
  return {
    jurisdiction: lawAt(pack, sold?.country ?? null, own),
    channel: sold?.channel ?? 'in_store',
    kind: sold?.kind ?? 'goods',
    reason: coming.reason,
    contractOn: day(sold?.boughtAt),
    ownedOn: null,
    deliveredOn: day(sold?.deliveredAt),
    lastDeliveredOn: sold?.channel === 'distance' ? day(sold.lastDeliveredAt) : null,
    installedOn: null,
    // As if it were settled today, and what is at the desk is back.
    agreedOn: today,
    goodsBackOn: here ? today : null,
    earlier: coming.earlier,
    traits: [...new Set([...(sold?.traits ?? []), ...coming.traits])],
    proof: coming.proof,
  }
}

/** What the law was asked about a line; null where no pack is for it. Kept with the decision. */
export const factsFor = (coming: Coming, sold: Sold | null, ground: Ground): Facts | null => {
  const pack = packOf(sold?.country ?? null, ground.own)
  return pack ? factsOf(coming, sold, pack, ground) : null
}

const startOf = (rule: HouseRule, sold: Sold): Date | null => {
  const starts = {
    order: sold.boughtAt,
    dispatch: sold.dispatchedAt,
    item_delivery: sold.deliveredAt,
    last_delivery: sold.lastDeliveredAt,
  }
  return rule.window ? starts[rule.window.from] : null
}

/** The last day on which a rule of the house gives something; null where it has none, or does not know when it began. */
const lastDayOf = (rule: HouseRule, sold: Sold, { zone, days }: Ground): string | null => {
  const start = startOf(rule, sold)
  if (!rule.window || !start) return null
  const term = { n: rule.window.days, unit: 'day', begins: 'next_day', toWorkingDay: rule.toWorkingDay } as const
  return rule.window.days === 0 ? dayIn(start, zone) : lastDay(term, dayIn(start, zone), days)
}

/** Why a rule that is meant for this gives nothing; null where it does. */
const whyNot = (rule: HouseRule, coming: Coming, sold: Sold | null, ground: Ground): string | null => {
  if (!rule.proofs.includes(coming.proof)) return 'It asks for another proof of purchase'
  if (!rule.accepted.includes(coming.condition)) return `It does not take back what is ${coming.condition}`
  if (!rule.window) return null
  if (!sold) return 'Nothing shows when it was bought'
  const last = lastDayOf(rule, sold, ground)
  if (last === null) return 'Its time does not count yet'
  return ground.today > last ? `Its last day was ${last}` : null
}

const meant = (rule: HouseRule, coming: Coming, sold: Sold | null, { now, zone }: Ground): boolean => {
  if (!rule.reasons.includes(coming.reason)) return false
  if (!sold) return 'all' in rule.condition && rule.condition.all.length === 0
  return compile(houseFields, resolve(houseFields, rule.condition, { now, zone, me: null }))(sold.asked)
}

const houseOf = (coming: Coming, sold: Sold | null, ground: Ground) => {
  const refused: Assessment['houseRefused'] = []
  for (const rule of ground.policy?.rules ?? []) {
    if (!meant(rule, coming, sold, ground)) continue
    const why = whyNot(rule, coming, sold, ground)
    if (why === null) return { rule, lastDay: sold ? lastDayOf(rule, sold, ground) : null, refused }
    refused.push({ rule: rule.id, name: rule.name, why })
  }
  return { rule: null, lastDay: null, refused }
}

/** What can be done with one line: first what the customer is entitled to, then what the house offers beyond. */
export const assessLine = (coming: Coming, sold: Sold | null, ground: Ground, currency: string): Assessment => {
  const pack = packOf(sold?.country ?? null, ground.own)
  const facts = pack ? factsOf(coming, sold, pack, ground) : null
  const law = pack && facts ? lawOf(pack, facts, ground.today, ground.days) : { rights: [], refused: [] }
  const house = houseOf(coming, sold, ground)
  const paid = sold ? paidFor(sold, coming.quantity) : null
  const about = { coming, sold, paid: paid ?? 0, today: ground.today }
  return {
    lineId: sold?.lineId ?? null,
    name: sold?.name ?? coming.name.trim(),
    quantity: coming.quantity,
    paidMinor: paid,
    currency,
    rights: law.rights,
    refused: law.refused,
    house: house.rule && {
      rule: house.rule.id,
      name: house.rule.name,
      clause: house.rule.clause,
      lastDay: house.lastDay,
    },
    houseRefused: house.refused,
    options: [...lawOptions(law.rights, about), ...(house.rule ? houseOptions(house.rule, house.lastDay, about) : [])],
    law: pack ? { pack: pack.code, version: pack.version, name: pack.name } : null,
    policyVersion: ground.policy?.version ?? null,
    questions: pack ? asked(pack, ground.today) : {},
  }
}

/** The questions that rules in force ask. */
const asked = (pack: Pack, today: string): Record<string, string> =>
  pack.rules.some(rule => inForce(rule, today)) ? pack.traits : {}

export const groundOf = async (reading: Pick<Reading, 'db' | 'now'>, here: boolean): Promise<Ground> => {
  const zone = await zoneOf(reading)
  const hours = (await hoursInForce(reading, [null])).get(null)
  return {
    zone,
    today: dayIn(reading.now, zone),
    days: hours?.calendar ?? [],
    policy: await policyInForce(reading),
    now: reading.now,
    own: await jurisdictionOf(reading),
    currency: await currencyOf(reading),
    here,
  }
}

/**
 * What can be done with what comes to the desk. The same facts give the same answer.
 * @throws Refusal naming the line that does not exist or cannot come back
 */
export const assess = async (
  reading: Pick<Reading, 'db' | 'now'>,
  { lines, channel }: { lines: Coming[]; channel: Return['channel'] },
) => {
  const ground = await groundOf(reading, channel === 'desk')
  const sold = await soldLines(reading, lines)
  assertComing(lines, sold)
  const currency = [...sold.values()][0]?.currency ?? ground.currency
  return {
    items: lines.map(one =>
      assessLine(one, one.lineId === null ? null : (sold.get(one.lineId) ?? null), ground, currency),
    ),
  }
}
