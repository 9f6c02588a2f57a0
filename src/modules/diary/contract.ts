import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal, text } from '../../shared/contract.ts'

export const bookingKinds = ['appointment', 'visit', 'call_back'] as const
export const resourceKinds = ['person', 'room', 'thing'] as const
const Kind = z.enum(bookingKinds)
const At = z.iso.datetime({ offset: true })
const Minutes = z.number().int().min(5).max(1440)
const Version = z.number().int().optional()

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

const typeShape = {
  name: line(100),
  description: text(500).default(''),
  kind: Kind.default('appointment'),
  minutes: Minutes.default(30),
  place: text(200).default(''),
  teamId: Id.nullable().default(null),
  resourceIds: z.array(Id).min(1).max(50),
  public: z.boolean().default(false),
  noticeMinutes: z.number().int().min(0).max(43_200).default(120),
  horizonDays: z.number().int().min(1).max(366).default(30),
}

export const diary = {
  resources: operation({
    method: 'GET',
    path: '/api/diary/resources',
    permission: 'case.read',
    summary: 'Who and what can be booked',
    input: z.object({}),
    output: z.object({ items: z.array(Resource) }),
  }),
  addResource: operation({
    method: 'POST',
    path: '/api/diary/resources',
    permission: 'settings.edit',
    summary: 'Make a colleague, a room or a thing bookable',
    input: z.object({
      name: personal(line(100)).optional(),
      kind: z.enum(resourceKinds),
      staffId: Id.nullable().default(null),
      calendarId: Id.nullable().default(null),
      bufferMinutes: z.number().int().min(0).max(480).default(0),
    }),
    output: Resource,
    status: 201,
  }),
  changeResource: operation({
    method: 'PATCH',
    path: '/api/diary/resources/:id',
    permission: 'settings.edit',
    summary: 'Change what can be booked, or end it',
    input: z.object({
      id: Id,
      name: personal(line(100)).optional(),
      calendarId: Id.nullable().optional(),
      bufferMinutes: z.number().int().min(0).max(480).optional(),
      ended: z.literal(true).optional(),
      version: Version,
    }),
    output: z.object({ items: z.array(Resource) }),
  }),
  types: operation({
    method: 'GET',
    path: '/api/diary/types',
    permission: 'case.read',
    summary: 'Kinds of appointment, how long they take, and which customers may book themselves',
    input: z.object({}),
    output: z.object({ items: z.array(AppointmentType) }),
  }),
  addType: operation({
    method: 'POST',
    path: '/api/diary/types',
    permission: 'settings.edit',
    summary: 'Add a kind of appointment',
    input: z.object(typeShape),
    output: AppointmentType,
    status: 201,
  }),
  changeType: operation({
    method: 'PATCH',
    path: '/api/diary/types/:id',
    permission: 'settings.edit',
    summary: 'Change a kind of appointment, or end it',
    input: z.object({
      id: Id,
      name: line(100).optional(),
      description: text(500).optional(),
      minutes: Minutes.optional(),
      place: text(200).optional(),
      teamId: Id.nullable().optional(),
      resourceIds: z.array(Id).min(1).max(50).optional(),
      public: z.boolean().optional(),
      noticeMinutes: z.number().int().min(0).max(43_200).optional(),
      horizonDays: z.number().int().min(1).max(366).optional(),
      ended: z.literal(true).optional(),
      version: Version,
    }),
    output: z.object({ items: z.array(AppointmentType) }),
  }),
  diary: operation({
    method: 'GET',
    path: '/api/diary',
    permission: 'case.read',
    summary: 'What is booked between two moments, of some resources or of all; at most 60 days',
    input: z.object({ from: At, to: At, resources: line(400).optional() }),
    output: z.object({ items: z.array(Booking) }),
  }),
  bookingsOfCase: operation({
    method: 'GET',
    path: '/api/cases/:id/bookings',
    permission: 'case.read',
    summary: 'Appointments of a case, the next first',
    input: z.object({ id: Id }),
    output: z.object({ items: z.array(Booking) }),
  }),
  free: operation({
    method: 'GET',
    path: '/api/diary/free',
    permission: 'case.read',
    summary: 'When all of some resources are free for so long, within working hours',
    input: z.object({
      resources: line(400),
      minutes: z.coerce.number().int().min(5).max(1440).default(30),
      from: At.optional(),
      days: z.coerce.number().int().min(1).max(60).default(14),
    }),
    output: z.object({ items: z.array(Moment) }),
  }),
  book: operation({
    method: 'POST',
    path: '/api/bookings',
    permission: 'case.handle',
    summary: 'Book an appointment, visit or call-back for the customer of a case; they get an invitation by mail',
    input: z.object({
      caseId: Id,
      kind: Kind.default('appointment'),
      title: personal(line(200)),
      place: personal(text(200)).default(''),
      note: personal(text(1000)).default(''),
      startsAt: At,
      minutes: Minutes.default(30),
      resourceIds: z.array(Id).min(1).max(10),
      /** Book although somebody does not work then. */
      outsideHours: z.boolean().default(false),
    }),
    output: Booking,
    status: 201,
  }),
  moveBooking: operation({
    method: 'POST',
    path: '/api/bookings/:id/move',
    permission: 'case.handle',
    summary: 'Give an appointment another time, or other resources; the customer gets a new invitation',
    input: z.object({
      id: Id,
      startsAt: At,
      minutes: Minutes.optional(),
      resourceIds: z.array(Id).min(1).max(10).optional(),
      outsideHours: z.boolean().default(false),
      version: Version,
    }),
    output: Booking,
  }),
  cancelBooking: operation({
    method: 'POST',
    path: '/api/bookings/:id/cancel',
    permission: 'case.handle',
    summary: 'Cancel an appointment; the customer is told',
    input: z.object({ id: Id, why: personal(text(300)).default(''), version: Version }),
    output: Booking,
  }),
  noteBooking: operation({
    method: 'POST',
    path: '/api/bookings/:id/note',
    permission: 'case.handle',
    summary: 'Note that the customer is there, that we began, or that nobody came',
    input: z.object({ id: Id, what: z.enum(['arrived', 'began', 'missed']), version: Version }),
    output: Booking,
  }),
  feed: operation({
    method: 'GET',
    path: '/api/me/diary-feed',
    permission: 'signed-in',
    summary: 'Whether my diary can be read at a secret address',
    input: z.object({}),
    output: z.object({ madeAt: Moment.nullable(), readAt: Moment.nullable() }),
  }),
  makeFeed: operation({
    method: 'POST',
    path: '/api/me/diary-feed',
    permission: 'signed-in',
    summary: 'Make a secret address at which calendar programs read my diary; shown once, an earlier one ends',
    input: z.object({}),
    output: z.object({ url: z.string() }),
    status: 201,
  }),
  endFeed: operation({
    method: 'DELETE',
    path: '/api/me/diary-feed',
    permission: 'signed-in',
    summary: 'End the secret address of my diary at once',
    input: z.object({}),
    output: Done,
  }),
}
