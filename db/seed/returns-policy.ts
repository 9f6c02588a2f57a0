import type { HouseRule } from '../../src/modules/returns/contract.ts'

const shared: Pick<HouseRule, 'condition' | 'toWorkingDay' | 'goodsBack' | 'inspect' | 'fee'> = {
  condition: { all: [] },
  toWorkingDay: false,
  goodsBack: 'always',
  inspect: 'never',
  fee: null,
}
const anyProof: HouseRule['proofs'] = ['receipt', 'order', 'card', 'serial', 'loyalty']

/** What Harbour Home offers beyond the law, in the order in which it is asked. */
export const houseRules: HouseRule[] = [
  {
    ...shared,
    id: 'faulty_first',
    name: 'Faulty within 60 days',
    clause: 'What is faulty within 60 days we exchange or pay back, whichever you like. Any proof of purchase will do.',
    reasons: ['faulty', 'not_as_described', 'wrong_item', 'damaged_in_transit'],
    window: { days: 60, from: 'item_delivery' },
    proofs: anyProof,
    accepted: ['unopened', 'unused', 'used', 'damaged'],
    outcomes: ['refund', 'exchange'],
    inspect: { overMinor: 10_000 },
  },
  {
    ...shared,
    id: 'unopened',
    name: 'Changed their mind, unopened',
    clause: 'Unopened goods come back within 30 days for the full price.',
    reasons: ['change_of_mind', 'gift'],
    window: { days: 30, from: 'item_delivery' },
    toWorkingDay: true,
    proofs: anyProof,
    accepted: ['unopened'],
    outcomes: ['refund', 'exchange', 'store_credit'],
  },
  {
    ...shared,
    id: 'unused',
    name: 'Changed their mind, unused',
    clause:
      'Opened but unused goods come back within 30 days. We keep a tenth of the price, and nothing if you take something else.',
    reasons: ['change_of_mind', 'gift'],
    window: { days: 30, from: 'item_delivery' },
    toWorkingDay: true,
    proofs: anyProof,
    accepted: ['unused'],
    outcomes: ['refund', 'exchange', 'store_credit'],
    fee: { fixedMinor: 0, percent: 10, waivedFor: ['exchange', 'store_credit'] },
  },
  {
    ...shared,
    id: 'no_proof',
    name: 'Nothing shows when it was bought',
    clause: 'Without any proof of purchase we give store credit for what it costs today.',
    reasons: ['change_of_mind', 'gift'],
    window: null,
    proofs: ['none'],
    accepted: ['unopened', 'unused'],
    outcomes: ['store_credit'],
  },
]
