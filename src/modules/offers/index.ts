export { ask } from './asking.ts'
export { addOffer } from './offering.ts'
