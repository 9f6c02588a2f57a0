import { cases } from '../../cases/contract.ts'
import { diary } from '../contract.ts'

/** What is out of date once something was booked, moved or cancelled. */
export const bookingAnswers = [
  diary.diary,
  diary.bookingsOfCase,
  diary.free,
  diary.typeTimes,
  cases.get,
  cases.timeline,
]
