import { Refusal } from '../../platform/refusal.ts'

/** What the database says where a gift receipt belongs to another purchase already, in words. */
export const giftTaken = (error: unknown): never => {
  if ((error as { constraint?: string }).constraint === 'purchases_by_gift_number')
    throw new Refusal('conflict', 'Another purchase has this gift receipt already.', [
      { field: 'giftNumber', message: 'belongs to another purchase' },
    ])
  throw error
}
