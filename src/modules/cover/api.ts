import { api, read, work } from '../../platform/http/api.ts'
import { addAbsence, changeAbsence } from './absences.ts'
import { awayNow } from './away.ts'
import { cover } from './contract.ts'
import { absences } from './queries.ts'

export const coverApi = api(cover, {
  away: read(awayNow),
  absences: read(absences),
  addAbsence: work(addAbsence),
  changeAbsence: work(changeAbsence),
})
