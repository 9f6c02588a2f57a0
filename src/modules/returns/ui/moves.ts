import type { Goods } from './kinds.ts'

/** Where goods can go from where they are; what is usual comes first. The server has the say. */
export const moves: Record<Goods, readonly Goods[]> = {
  none_needed: [],
  expected: ['received', 'in_transit', 'none_needed'],
  in_transit: ['received', 'expected'],
  received: ['accepted', 'inspecting', 'accepted_damaged', 'rejected'],
  inspecting: ['accepted', 'accepted_damaged', 'rejected'],
  accepted: ['restocked', 'repaired', 'supplier_claim', 'written_off', 'sent_back'],
  accepted_damaged: ['supplier_claim', 'repaired', 'written_off', 'sent_back'],
  rejected: ['sent_back', 'inspecting'],
  restocked: [],
  repaired: ['restocked', 'sent_back'],
  supplier_claim: ['restocked', 'written_off'],
  written_off: [],
  sent_back: [],
}
