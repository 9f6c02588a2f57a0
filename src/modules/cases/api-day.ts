import { api, read, work } from '../../platform/http/api.ts'
import { day } from './contract-day.ts'
import { dayOf, wallOf, whoIsWhere } from './day.ts'
import { handOver } from './handing-over.ts'

export const dayApi = api(day, {
  day: read(dayOf),
  wall: read(wallOf),
  whoIsWhere: read(whoIsWhere),
  handOver: work(handOver),
})
