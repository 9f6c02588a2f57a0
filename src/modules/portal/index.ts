export { frontOf, talkOf } from './queries.ts'
export { asCustomer, type Visitor } from './visiting.ts'
