import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDay } from '../../../platform/calendar/index.ts'
import { type Attempt, channels, type Facts, kinds, proofs, reasons } from './facts.ts'
import { type Pack, readPack } from './pack.ts'
import { packFor } from './packs.ts'
import { lawOf, type Right, refusedOf, rightsOf } from './rights.ts'

const gb = packFor('GB-EAW')!
const eu = packFor('DE')!

/** A laptop bought and taken home on 1 March 2026 that turns out to be faulty. */
const laptop: Facts = {
  jurisdiction: 'GB-EAW',
  channel: 'in_store',
  kind: 'goods',
  reason: 'faulty',
  contractOn: '2026-03-01',
  ownedOn: '2026-03-01',
  deliveredOn: '2026-03-01',
  lastDeliveredOn: null,
  installedOn: null,
  agreedOn: null,
  goodsBackOn: null,
  earlier: [],
  traits: [],
  proof: 'receipt',
}
const delivered = (day: string): Facts => ({ ...laptop, contractOn: day, ownedOn: day, deliveredOn: day })
const online: Facts = { ...laptop, channel: 'distance', reason: 'change_of_mind', contractOn: '2026-02-20' }
const attempt = (askedOn: string, backOn: string | null, failed = true): Attempt => ({
  kind: 'repair',
  askedOn,
  backOn,
  failed,
})
const day = (n: number) => new Date(Date.parse('2026-03-01') + n * 86_400_000).toISOString().slice(0, 10)

const next = (date: string) => lastDay({ n: 1, unit: 'day', begins: 'next_day' }, date, [])

const find = (facts: Facts, today: string, id: string, pack: Pack = gb): Right | undefined =>
  rightsOf(pack, facts, today).find(right => right.rule === id)
const open = (facts: Facts, today: string, pack: Pack = gb) =>
  rightsOf(pack, facts, today)
    .filter(right => !right.ended)
    .map(right => right.rule)
const refused = (facts: Facts, today: string, pack: Pack = gb) => refusedOf(pack, facts, today).map(one => one.clause)

// Worked out from Consumer Rights Act 2015 s.22(3) and (6)-(8), with paragraphs 130 and 131 of its explanatory notes.
test.each([
  ['delivered 1 March', laptop, '2026-03-31'],
  [
    'a repair asked for on 11 March and back on the 25th, still faulty',
    { ...laptop, earlier: [attempt('2026-03-11', '2026-03-25')] },
    '2026-04-15',
  ],
  [
    'a repair asked for on 28 March and back on 20 April, still faulty',
    { ...laptop, earlier: [attempt('2026-03-28', '2026-04-20')] },
    '2026-04-27',
  ],
  ['delivered 30 June 2017, day one being 1 July', delivered('2017-06-30'), '2017-07-30'],
] as const)('goods can be rejected early: %s', (_, facts, last) => {
  const right = find(facts, last, 'cra.short_reject')
  expect(right).toMatchObject({ lastDay: last, ended: false, remedies: ['reject'], proves: 'customer' })
  expect(right?.refunds).toEqual({ goods: 'full', delivery: 'all' })
  const after = next(last)
  expect(find(facts, after, 'cra.short_reject')).toMatchObject({ lastDay: last, ended: true })
})

test.each([
  ['2026-03-01', '2026-08-31'],
  ['2025-08-31', '2026-02-28'],
])(
  'what shows itself within six months of %s is presumed through %s, and the early rejection is not helped',
  (from, through) => {
    const facts = delivered(from)
    expect(find(facts, through, 'cra.repair_replace')).toMatchObject({ proves: 'trader', presumedThrough: through })
    const late = find(facts, next(through), 'cra.repair_replace')
    expect(late).toMatchObject({ proves: 'customer', presumedThrough: through })
    expect(late?.why.join(' ')).toContain('the seller would have had to prove')
    expect(find(facts, from, 'cra.short_reject')).toMatchObject({ proves: 'customer', presumedThrough: null })
    // What counts is when it showed itself, not when the customer came.
    expect(find({ ...facts, faultOn: from }, '2027-01-01', 'cra.repair_replace')?.proves).toBe('trader')
  },
)

test('money that the seller agreed to is paid within 14 days, the day of agreement being the first', () => {
  const right = find({ ...laptop, agreedOn: '2026-03-20' }, '2026-03-20', 'cra.short_reject')
  expect(right?.payWithin).toMatchObject({ from: 'agreed', lastDay: '2026-04-02' })
  expect(find(laptop, '2026-03-20', 'cra.short_reject')?.payWithin?.lastDay).toBeNull()
})

test('goods bought at a distance can be cancelled for 14 days after they arrived, and are paid for when they are back', () => {
  const right = find(online, '2026-03-15', 'ccr.cancel_goods')
  expect(right).toMatchObject({ lastDay: '2026-03-15', ended: false, carriage: 'customer', proves: 'nobody' })
  expect(right?.refunds).toEqual({ goods: 'reduced_for_handling', delivery: 'standard' })
  expect(find(online, '2026-03-16', 'ccr.cancel_goods')?.ended).toBe(true)
  const back = find({ ...online, goodsBackOn: '2026-03-20' }, '2026-03-20', 'ccr.cancel_goods')
  expect(back?.payWithin).toMatchObject({ from: 'goods_back', lastDay: '2026-04-03' })
  const collected = { ...online, toldOn: '2026-03-10', traits: ['trader_collects'] }
  expect(find(collected, '2026-03-20', 'ccr.cancel_goods')).toMatchObject({
    carriage: 'trader',
    payWithin: { from: 'told', lastDay: '2026-03-24' },
  })
})

test('a fault on day 40 is repaired or replaced and nothing else', () => {
  expect(open(laptop, day(40))).toEqual(['cra.repair_replace'])
  expect(refused(laptop, day(40))).toEqual(['cra.price_reduction', 'cra.final_reject'])
  const clause = refusedOf(gb, laptop, day(40))[0]
  expect(clause).toMatchObject({ citation: 'CRA 2015 s.24(5)-(7)', bars: ['cra.price_reduction'] })
})

test('a second fault on day 200, after one repair, gives a reduction or the money back less the use', () => {
  const facts = { ...laptop, earlier: [attempt(day(50), day(60), false)] }
  expect(open(facts, day(200))).toEqual(['cra.repair_replace', 'cra.price_reduction', 'cra.final_reject'])
  const final = find(facts, day(200), 'cra.final_reject')
  expect(final?.refunds).toEqual({ goods: 'reduced_for_use', delivery: 'all' })
  expect(final?.proves).toBe('customer')
  expect(find(facts, day(200), 'cra.price_reduction')?.refunds).toEqual({ goods: 'in_part', delivery: 'none' })
})

test('nothing is kept for use in the first six months, unless it is a vehicle', () => {
  const facts = { ...laptop, earlier: [attempt(day(50), day(60))] }
  const goods = (one: Facts, today: string) => find(one, today, 'cra.final_reject')?.refunds?.goods
  // The six months begin with the day after delivery: 2 March to 1 September.
  expect(goods(facts, '2026-09-01')).toBe('full')
  expect(goods(facts, '2026-09-02')).toBe('reduced_for_use')
  expect(goods({ ...facts, traits: ['vehicle'] }, day(70))).toBe('reduced_for_use')
  // Beginning with 1 March they run to the end of August, although delivery was on the 28th.
  const february = { ...delivered('2026-02-28'), earlier: facts.earlier }
  expect(goods(february, '2026-08-31')).toBe('full')
  expect(goods(february, '2026-09-01')).toBe('reduced_for_use')
})

test('while a repair is under way the early rejection stands back and its clock stands still', () => {
  const waiting = { ...laptop, earlier: [attempt(day(10), null, false)] }
  expect(open(waiting, day(20))).toEqual(['cra.repair_replace'])
  expect(refused(waiting, day(20))).toEqual(['cra.short_reject', 'cra.price_reduction', 'cra.final_reject'])
  // Given up without coming back: the clock never ran on, and the next tier is open.
  const failed = { ...laptop, earlier: [attempt(day(10), null)] }
  expect(find(failed, day(90), 'cra.short_reject')).toMatchObject({ lastDay: null, ended: false })
  expect(find(failed, day(90), 'cra.short_reject')?.why.join(' ')).toContain('The clock stands still')
  expect(open(failed, day(90))).toContain('cra.final_reject')
})

test('a wait that began after the time was over does not bring it back, and two waits both count', () => {
  expect(find({ ...laptop, earlier: [attempt(day(40), day(50))] }, day(51), 'cra.short_reject')).toMatchObject({
    lastDay: '2026-03-31',
    ended: true,
  })
  // 31 March, and 5 days, and 4 days: still later than seven days after the second came back.
  const twice = { ...laptop, earlier: [attempt(day(12), day(15)), attempt(day(5), day(9))] }
  expect(find(twice, day(16), 'cra.short_reject')?.lastDay).toBe('2026-04-09')
})

test('nothing counts before the goods are delivered, owned and installed', () => {
  const kitchen = { ...laptop, toBeInstalled: true, installedOn: null }
  expect(find(kitchen, day(90), 'cra.short_reject')).toMatchObject({ lastDay: null, ended: false })
  expect(find({ ...kitchen, installedOn: '2026-03-20' }, day(20), 'cra.short_reject')?.lastDay).toBe('2026-04-19')
  expect(find({ ...laptop, ownedOn: '2026-04-01' }, day(20), 'cra.short_reject')?.lastDay).toBe('2026-05-01')
  const nowhere = { ...laptop, deliveredOn: null, ownedOn: null }
  expect(find(nowhere, day(90), 'cra.short_reject')).toMatchObject({ lastDay: null, ended: false })
})

test('goods that perish can be rejected as long as they last', () => {
  const cheese = { ...laptop, traits: ['perishable'] }
  expect(find(cheese, day(3), 'cra.short_reject')).toMatchObject({ lastDay: null, ended: false })
  expect(find({ ...cheese, perishesOn: day(9) }, day(3), 'cra.short_reject')?.lastDay).toBe(day(9))
  expect(find({ ...cheese, perishesOn: day(99) }, day(3), 'cra.short_reject')?.lastDay).toBe('2026-03-31')
})

test('a requirement of the contract or a bad installation is put right first, by section 19(4)', () => {
  for (const reason of ['own_requirement', 'installation'] as const) {
    expect(open({ ...laptop, reason }, day(3))).toEqual(['cra.repair_replace'])
    expect(refusedOf(gb, { ...laptop, reason }, day(3))[0]).toMatchObject({
      clause: 'cra.no_short_reject',
      citation: 'CRA 2015 s.19(4)',
      bars: ['cra.short_reject'],
    })
  }
})

test('claims are over after six years, in Scotland after five', () => {
  expect(find(laptop, day(1), 'cra.repair_replace')?.lastDay).toBe('2032-03-01')
  expect(find({ ...laptop, jurisdiction: 'GB-NIR' }, day(1), 'cra.repair_replace')?.lastDay).toBe('2032-03-01')
  const scottish = { ...laptop, jurisdiction: 'GB-SCT' }
  expect(find(scottish, day(1), 'cra.repair_replace')?.lastDay).toBe('2031-03-01')
  expect(find(scottish, '2031-03-02', 'cra.repair_replace')?.ended).toBe(true)
})

test('a change of mind in a shop is no right, and the answer says by which clause', () => {
  const minded = { ...laptop, reason: 'change_of_mind' } as const
  expect(rightsOf(gb, minded, day(1))).toEqual([])
  expect(refusedOf(gb, minded, day(1))).toEqual([
    expect.objectContaining({ clause: 'ccr.in_shop', citation: 'CCR 2013 reg 27(1)' }),
  ])
})

test('who was not told of the right to cancel has twelve months more, or fourteen days once told', () => {
  const told = (informationGivenOn: string | null) =>
    find({ ...online, informationGivenOn }, day(1), 'ccr.cancel_goods')
  expect(told(null)?.lastDay).toBe('2027-03-15')
  expect(told('2026-02-20')?.lastDay).toBe('2026-03-15')
  expect(told('2026-03-01')?.lastDay).toBe('2026-03-15')
  expect(told('2026-05-10')?.lastDay).toBe('2026-05-24')
  expect(told('2027-03-01')?.lastDay).toBe('2027-03-15')
  expect(told('2027-03-02')?.lastDay).toBe('2027-03-15')
  // And nothing may be kept for handling.
  expect(told(null)?.refunds?.goods).toBe('full')
  expect(told('2026-05-10')?.refunds?.goods).toBe('full')
  expect(told('2026-02-20')?.refunds?.goods).toBe('reduced_for_handling')
})

test('the last part of an order counts, of a subscription the first', () => {
  const parts = { ...online, lastDeliveredOn: '2026-03-10' }
  expect(find(parts, day(1), 'ccr.cancel_goods')?.lastDay).toBe('2026-03-24')
  expect(find({ ...parts, traits: ['regular_delivery'] }, day(1), 'ccr.cancel_goods')?.lastDay).toBe('2026-03-15')
  const ordered = { ...online, deliveredOn: null, ownedOn: null }
  expect(find(ordered, day(1), 'ccr.cancel_goods')).toMatchObject({ lastDay: null, ended: false })
})

test.each([
  ['personalised', '28(1)(b)'],
  ['perishable', '28(1)(c)'],
  ['unsealed_hygiene', '28(3)(a)'],
  ['unsealed_media', '28(3)(b)'],
  ['urgent_repair', '28(1)(e)'],
  ['dated_leisure', '28(1)(h)'],
])('what is %s cannot be cancelled, but rights about faults stay', (trait, reg) => {
  const facts = { ...online, traits: [trait] }
  expect(open(facts, day(1))).toEqual([])
  expect(refusedOf(gb, facts, day(1))[0]).toMatchObject({ clause: `ccr.${trait}`, citation: `CCR 2013 reg ${reg}` })
  expect(open({ ...facts, reason: 'faulty', perishesOn: day(9) }, day(1))).toEqual([
    'cra.short_reject',
    'cra.repair_replace',
  ])
})

test('faulty goods from the web can also be cancelled without a reason', () => {
  expect(open({ ...online, reason: 'faulty' }, day(5))).toEqual([
    'cra.short_reject',
    'ccr.cancel_goods',
    'cra.repair_replace',
  ])
})

test('a service is done again first, and cancelled at a distance from the day of the contract', () => {
  const haircut: Facts = { ...laptop, kind: 'service' }
  expect(open(haircut, day(3))).toEqual(['cra.service_repeat'])
  expect(open({ ...haircut, earlier: [attempt(day(3), null)] }, day(9))).toEqual([
    'cra.service_repeat',
    'cra.service_reduction',
  ])
  expect(open({ ...haircut, reason: 'late' }, day(9))).toEqual(['cra.service_late'])
  const booked: Facts = { ...haircut, channel: 'distance', reason: 'change_of_mind', toldOn: day(2) }
  expect(find(booked, day(2), 'ccr.cancel_service')).toMatchObject({
    lastDay: '2026-03-15',
    payWithin: { from: 'told', lastDay: day(16) },
    refunds: { goods: 'full' },
  })
  const begun = { ...booked, traits: ['begun_on_request'] }
  expect(find(begun, day(2), 'ccr.cancel_service')?.refunds?.goods).toBe('reduced_for_use')
  expect(refused({ ...booked, traits: ['fully_performed'] }, day(2))).toEqual(['ccr.fully_performed'])
})

test('digital content is repaired first, a repair that came back does not open the next tier, one that failed does', () => {
  const game: Facts = { ...laptop, kind: 'digital' }
  expect(open(game, day(3))).toEqual(['cra.digital_repair'])
  expect(open({ ...game, earlier: [attempt(day(3), day(4), false)] }, day(9))).toEqual(['cra.digital_repair'])
  expect(open({ ...game, earlier: [attempt(day(3), day(4))] }, day(9))).toContain('cra.digital_reduction')
  const begun: Facts = { ...game, channel: 'distance', reason: 'change_of_mind', traits: ['download_begun'] }
  expect(refused(begun, day(2))).toEqual(['ccr.download_begun'])
})

test('what never arrived is given a further time, and then the contract ends with all the money back', () => {
  const lost = { ...online, reason: 'missing', deliveredOn: null, ownedOn: null } as const
  expect(refused(lost, day(9))).toEqual(['cra.not_delivered', 'cra.late'])
  const waited = { ...lost, traits: ['further_time_passed'] }
  expect(find(waited, day(9), 'cra.late')).toMatchObject({ refunds: { goods: 'full', delivery: 'all' }, ended: false })
  // Part of a delivery missing is a fault of what came.
  expect(open({ ...laptop, reason: 'missing' }, day(9))).toContain('cra.short_reject')
})

test('a receipt is not needed, but some proof is', () => {
  for (const proof of proofs) {
    const right = find({ ...laptop, proof }, day(3), 'cra.short_reject')
    expect(right?.needsProof).toBe(proof === 'none')
    expect(right?.why.join(' ')).toContain('A receipt is one way')
  }
})

test('the explanation says from what, to when and by which provision', () => {
  const facts = { ...laptop, earlier: [attempt('2026-03-28', '2026-04-20')] }
  expect(find(facts, '2026-05-01', 'cra.short_reject')?.why.slice(0, 4)).toEqual([
    '30 days after Sunday 1 March 2026, counted from the day it was delivered, owned and ready for use (CRA 2015 s.22(3)).',
    'The clock stood still for 24 days, from Saturday 28 March 2026 to Monday 20 April 2026 (CRA 2015 s.22(6)-(8)).',
    'At least 7 days are left after that (CRA 2015 s.22(6)-(8)).',
    'It ended on Monday 27 April 2026.',
  ])
})

test('in the European Union a fault is answered for two years, and presumed for one', () => {
  const german = { ...laptop, jurisdiction: 'DE' }
  const right = find(german, day(1), 'eu.repair_replace', eu)
  expect(right).toMatchObject({ lastDay: '2028-03-01', proves: 'trader', presumedThrough: '2027-03-01' })
  expect(find(german, '2027-03-02', 'eu.repair_replace', eu)?.proves).toBe('customer')
  expect(open({ ...german, traits: ['serious_fault'] }, day(1), eu)).toContain('eu.end_contract')
  const minor = { ...german, traits: ['minor_fault'], earlier: [attempt(day(3), day(4))] }
  expect(open(minor, day(9), eu)).toEqual(['eu.repair_replace', 'eu.price_reduction'])
})

test('a repair lengthens the European guarantee by a year for contracts from 31 July 2026', () => {
  const repaired = (on: string) => ({
    ...delivered(on),
    jurisdiction: 'FR',
    earlier: [attempt('2026-09-01', '2026-09-08')],
  })
  expect(find(repaired('2026-07-30'), '2026-10-01', 'eu.repair_replace', eu)?.lastDay).toBe('2028-07-30')
  expect(find(repaired('2026-07-31'), '2026-10-01', 'eu.repair_replace', eu)?.lastDay).toBe('2029-07-31')
})

test('a withdrawal in the European Union that would end on a weekend ends on the next working day', () => {
  const french = { ...online, jurisdiction: 'FR', toldOn: '2026-03-10', goodsBackOn: null }
  const right = find(french, day(1), 'eu.withdraw_goods', eu)
  expect(right).toMatchObject({ lastDay: '2026-03-16', payWithin: { from: 'told', lastDay: null } })
  const easter = { ...french, deliveredOn: '2026-03-20' }
  expect(rightsOf(eu, easter, day(20), [{ date: '2026-04-03', name: 'Good Friday' }])[0]?.lastDay).toBe('2026-04-06')
  const back = { ...french, goodsBackOn: '2026-03-30' }
  expect(find(back, day(1), 'eu.withdraw_goods', eu)?.payWithin?.lastDay).toBe('2026-03-30')
  expect(find({ ...back, goodsBackOn: '2026-03-12' }, day(1), 'eu.withdraw_goods', eu)?.payWithin?.lastDay).toBe(
    '2026-03-24',
  )
})

test('a pack gives nothing outside its nations and outside its dates', () => {
  expect(lawOf(gb, { ...laptop, jurisdiction: 'FR' }, day(1))).toEqual({ rights: [], refused: [] })
  expect(lawOf(gb, delivered('2014-01-01'), '2014-01-02')).toEqual({ rights: [], refused: [] })
  const repealed = readPack({ ...gb, rules: gb.rules.map(rule => ({ ...rule, until: '2026-02-28' })) })
  expect(rightsOf(repealed, laptop, day(1))).toEqual([])
  expect(open(delivered('2026-02-28'), '2026-03-01', repealed)).toContain('cra.short_reject')
  expect(packFor('GB-SCT')).toBe(gb)
  expect(packFor('US')).toBeUndefined()
})

const date = fc.integer({ min: 0, max: 500 }).map(day)
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const attempts = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), maybe(fc.integer({ min: 0, max: 40 })), fc.boolean())
    .map(([from, wait, failed]) => attempt(day(from), wait === null ? null : day(from + wait), failed)),
  { maxLength: 3 },
)
const anyFacts = (pack: Pack): fc.Arbitrary<Facts> =>
  fc.record(
    {
      jurisdiction: fc.constantFrom(...pack.jurisdictions),
      channel: fc.constantFrom(...channels),
      kind: fc.constantFrom(...kinds),
      reason: fc.constantFrom(...reasons),
      contractOn: maybe(date),
      ownedOn: maybe(date),
      deliveredOn: maybe(date),
      lastDeliveredOn: maybe(date),
      toBeInstalled: fc.boolean(),
      installedOn: maybe(date),
      toldOn: maybe(date),
      agreedOn: maybe(date),
      goodsBackOn: maybe(date),
      perishesOn: maybe(date),
      informationGivenOn: maybe(date),
      earlier: attempts,
      traits: fc.subarray(Object.keys(pack.traits), { maxLength: 3 }),
      proof: fc.constantFrom(...proofs),
    },
    {
      requiredKeys: [
        'jurisdiction',
        'channel',
        'kind',
        'reason',
        'contractOn',
        'ownedOn',
        'deliveredOn',
        'lastDeliveredOn',
        'installedOn',
        'agreedOn',
        'goodsBackOn',
        'earlier',
        'traits',
        'proof',
      ],
    },
  )

test.each([
  ['gb', gb],
  ['eu', eu],
])('in %s time alone only takes rights away, and never helps the seller to prove less', (_, pack) => {
  // The law is that of the contract; where no day is known it would be that of today, which does move.
  const dated = anyFacts(pack).map(facts => ({ ...facts, contractOn: facts.contractOn ?? day(0) }))
  fc.assert(
    fc.property(dated, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 3000 }), (facts, a, b) => {
      const [early, late] = [day(Math.min(a, b)), day(Math.max(a, b))]
      const before = new Map(rightsOf(pack, facts, early).map(right => [right.rule, right]))
      for (const right of rightsOf(pack, facts, late)) {
        const then = before.get(right.rule)
        expect(then).toBeDefined()
        expect(right.lastDay).toBe(then!.lastDay)
        if (then!.ended) expect(right.ended).toBe(true)
        if (then!.proves === 'customer') expect(right.proves).toBe('customer')
        if (then!.refunds?.goods === 'reduced_for_use') expect(right.refunds?.goods).toBe('reduced_for_use')
      }
    }),
    { numRuns: 1500 },
  )
})

test('the same question has the same answer, leaves the facts alone, and no rule is both given and barred', () => {
  fc.assert(
    fc.property(anyFacts(gb), date, (facts, today) => {
      const copy = structuredClone(facts)
      const law = lawOf(gb, facts, today)
      expect(lawOf(gb, copy, today)).toEqual(law)
      expect(facts).toEqual(copy)
      const barred = new Set(law.refused.flatMap(one => one.bars))
      expect(law.rights.filter(right => barred.has(right.rule))).toEqual([])
      expect(law.rights).toEqual(law.rights.toSorted((a, b) => a.tier - b.tier))
      for (const right of law.rights) {
        expect(right.ended).toBe(right.lastDay !== null && today > right.lastDay)
        expect(right.why.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: 1500 },
  )
})
