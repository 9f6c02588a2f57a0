import { createHmac, timingSafeEqual } from 'node:crypto'

const signed = (key: Buffer, about: string): string =>
  `${about}.${createHmac('sha256', key).update(`appointment ${about}`).digest('base64url')}`

/** The link to one appointment speaks for its customer: they may move or cancel it, and nothing else. */
export const bookingLink = (key: Buffer, bookingId: number): string => signed(key, String(bookingId))

/** @returns the number of the appointment, or null where the link was not made with this key */
export const readBookingLink = (key: Buffer, token: string): number | null => {
  const about = /^(\d{1,15})\.[\w-]{43}$/.exec(token)?.[1]
  if (!about) return null
  const [expected, given] = [Buffer.from(signed(key, about)), Buffer.from(token)]
  return expected.length === given.length && timingSafeEqual(expected, given) ? Number(about) : null
}
