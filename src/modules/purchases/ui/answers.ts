import { purchases } from '../contract.ts'

/** What is out of date once a purchase was changed. */
export const purchaseAnswers = [purchases.list, purchases.get, purchases.ofPerson]
