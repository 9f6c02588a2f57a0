import { api, read, work } from '../../platform/http/api.ts'
import { addAbsence, changeAbsence } from './absences.ts'
import { awayNow } from './away.ts'
import { cover } from './contract.ts'
import { handing } from './contract-handing.ts'
import { shifts } from './contract-shift.ts'
import { handOverAll } from './handing.ts'
import { whoIsHere } from './here.ts'
import { planOf } from './plan.ts'
import { absences } from './queries.ts'
import { comeBack, undoHandover } from './returning.ts'
import { handShift, shiftOf } from './shift.ts'

export const coverApi = [
  ...api(cover, {
    away: read(awayNow),
    absences: read(absences),
    addAbsence: work(addAbsence),
    changeAbsence: work(changeAbsence),
  }),
  ...api(handing, {
    plan: read((reading, { id }) => planOf(reading, id)),
    handOverAll: work(handOverAll),
    undoHandover: work((w, { id }) => undoHandover(w, id)),
    back: work((w, { id }) => comeBack(w, id)),
  }),
  ...api(shifts, {
    here: read(whoIsHere),
    shift: read(shiftOf),
    handShift: work(handShift),
  }),
]
