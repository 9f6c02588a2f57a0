import { api, read, work } from '../../platform/http/api.ts'
import { promising } from './contract-promises.ts'
import { keepOnCase, moveOnCase, withdrawOnCase } from './ending-promises.ts'
import { promiseDesk } from './promise-desk.ts'
import { promiseOfCase, promiseOnCase, promisesOfCase } from './promising.ts'

export const promisesApi = api(promising, {
  promises: read(promiseDesk),
  promisesOfCase: read((reading, { id }) => promisesOfCase(reading, id)),
  promise: read((reading, { promiseId }) => promiseOfCase(reading, promiseId)),
  makePromise: work(promiseOnCase),
  keepPromise: work(keepOnCase),
  withdrawPromise: work(withdrawOnCase),
  movePromise: work(moveOnCase),
})
