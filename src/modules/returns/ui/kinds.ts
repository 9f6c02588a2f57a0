import type { Return } from '../contract.ts'

/** One of the things that came back, and one of the ways money goes out for it. */
export type ReturnLine = Return['lines'][number]
export type Refund = Return['refunds'][number]
export type Goods = ReturnLine['goods']
