export { fileOf, frontOf, talkOf } from './queries.ts'
export { changeSettings as changePortal } from './settings.ts'
export { asCustomer, type Visitor } from './visiting.ts'
