export { keepPromise, keepPromises, withdrawPromise, withdrawPromises } from './ending.ts'
export { handPromises } from './handing.ts'
export { hoursInForce } from './hours.ts'
export { makePromise, makePromises, type NewPromise } from './making.ts'
export { type Move, movePromises } from './moving.ts'
export { pausePromises, reopenPromises, resumePromises } from './pausing.ts'
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
