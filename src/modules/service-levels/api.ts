import { api, read, work } from '../../platform/http/api.ts'
import { addLevel, changeLevel, orderLevels } from './changing.ts'
import { serviceLevels } from './contract.ts'
import { allLevels } from './queries.ts'

export const levelsApi = api(serviceLevels, {
  serviceLevels: read(allLevels),
  addServiceLevel: work(addLevel),
  changeServiceLevel: work(changeLevel),
  orderServiceLevels: work(orderLevels),
})
