export { addAbsence } from './absences.ts'
export { awayAt } from './away.ts'
