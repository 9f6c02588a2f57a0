export { CalendarError } from './days.ts'
export { type Explanation, explain, type Part } from './explain.ts'
export { bankHolidays, bankHolidayYears, type Nation } from './holidays.ts'
export { addWorkingDays, isWorkingDay, type WorkingDays } from './working-days.ts'
export {
  addWorkingTime,
  isOpen,
  nextOpening,
  type Pause,
  subtractWorkingTime,
  workingTimeBetween,
} from './working-time.ts'
