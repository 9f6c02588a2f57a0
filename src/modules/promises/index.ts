export { type Keeping, keepPromise, keepPromises, withdrawPromise, withdrawPromises } from './ending.ts'
export { hoursInForce } from './hours.ts'
export { makePromise, makePromises, type NewPromise } from './making.ts'
export { movePromises, pausePromises, resumePromises } from './moving.ts'
export {
  factsOf,
  type OpenPromise,
  openPromises,
  type PromiseRow,
  promiseById,
  promiseColumns,
  promisesOf,
  whyOf,
} from './queries.ts'
