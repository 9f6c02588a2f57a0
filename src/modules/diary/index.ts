export { book } from './booking.ts'
export { addResource, addType } from './resources.ts'
