export { book } from './booking.ts'
export { handBooking } from './handing.ts'
export { addResource } from './resources.ts'
export { addType } from './types.ts'
