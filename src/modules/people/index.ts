export { normalOf } from './normalising.ts'
export { customerTypes, escapeLike, personById } from './queries.ts'
export { addGroup } from './grouping.ts'
export { addPerson, type Known, markUndeliverable, recognise } from './registering.ts'
