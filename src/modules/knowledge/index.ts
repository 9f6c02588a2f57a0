export { noteUse } from './answering.ts'
