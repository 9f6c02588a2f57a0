export { CalendarError } from './days.ts'
export { explain } from './explain.ts'
export { bankHolidays, bankHolidayYears, type Nation } from './holidays.ts'
export { addWorkingDays, isWorkingDay } from './working-days.ts'
export {
  addWorkingTime,
  isOpen,
  nextOpening,
  subtractWorkingTime,
  workingTimeBetween,
} from './working-time.ts'
