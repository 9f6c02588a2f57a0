import * as z from 'zod'
import { Id, Moment, personal } from '../../shared/contract.ts'

export const bookingKinds = ['appointment', 'visit', 'call_back'] as const
export const resourceKinds = ['person', 'room', 'thing'] as const
export const Kind = z.enum(bookingKinds)

export const Resource = z.object({
  id: Id,
  name: personal(z.string()),
  kind: z.enum(resourceKinds),
  staffId: Id.nullable(),
  calendarId: Id.nullable(),
  bufferMinutes: z.number().int(),
  version: z.number().int(),
})
export type Resource = z.infer<typeof Resource>

export const AppointmentType = z.object({
  id: Id,
  name: z.string(),
  description: z.string(),
  kind: Kind,
  minutes: z.number().int(),
  place: z.string(),
  teamId: Id.nullable(),
  resourceIds: z.array(Id),
  public: z.boolean(),
  noticeMinutes: z.number().int(),
  horizonDays: z.number().int(),
  version: z.number().int(),
})
export type AppointmentType = z.infer<typeof AppointmentType>

export const Booking = z.object({
  id: Id,
  kind: Kind,
  /** Null where the case it belongs to is not mine to see: then only that the time is taken is told. */
  caseId: Id.nullable(),
  person: z.object({ id: Id, name: personal(z.string()) }).nullable(),
  title: personal(z.string()),
  place: personal(z.string()),
  note: personal(z.string()),
  startsAt: Moment,
  endsAt: Moment,
  state: z.enum(['booked', 'done', 'missed', 'cancelled']),
  arrivedAt: Moment.nullable(),
  beganAt: Moment.nullable(),
  /** Minutes late, each for itself: ours counts from when the customer was there. */
  lateMinutes: z.object({ customer: z.number().int(), ours: z.number().int() }),
  cancelledBy: z.enum(['customer', 'staff']).nullable(),
  reply: z.enum(['ACCEPTED', 'DECLINED', 'TENTATIVE']).nullable(),
  resources: z.array(z.object({ id: Id, name: personal(z.string()) })),
  version: z.number().int(),
})
export type Booking = z.infer<typeof Booking>
