export { book } from './booking.ts'
export { addResource } from './resources.ts'
export { addType } from './types.ts'
