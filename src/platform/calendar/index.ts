export { CalendarError, dayNumber } from './days.ts'
export { type Explanation, explain } from './explain.ts'
export { bankHolidays, bankHolidayYears, type Nation } from './holidays.ts'
export { inForce, lastDay, sayDay, sayTerm, Term } from './terms.ts'
export { addWorkingDays, isWorkingDay, type WorkingDays } from './working-days.ts'
export {
  addWorkingTime,
  afterWorkingTime,
  isOpen,
  nextOpening,
  openSpans,
  type Pause,
  subtractWorkingTime,
  workingTimeBetween,
} from './working-time.ts'
