export { answer } from './answering.ts'
export { give } from './giving.ts'
export { refer } from './referring.ts'
