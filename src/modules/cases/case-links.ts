import { createHmac, timingSafeEqual } from 'node:crypto'

/** How long a link to a case is good for, from when it was made. */
export const caseLinkDays = 90

const signed = (key: Buffer, about: string): string =>
  `${about}.${createHmac('sha256', key).update(`case link ${about}`).digest('base64url')}`

/** The link to a case in a mail speaks for one person and one case, for a time: `<case>.<person>.<seconds since 1970>.<mac>`. */
export const caseLink = (key: Buffer, caseId: number, personId: number, madeAt: Date): string =>
  signed(key, `${caseId}.${personId}.${Math.floor(madeAt.getTime() / 1000)}`)

export type CaseLink = { caseId: number; personId: number; madeAt: Date | null }

/** @returns whom and what a link speaks for and since when, null for those of before; null where it was not made with this key */
export const readCaseLink = (key: Buffer, token: string): CaseLink | null => {
  const parts = /^(\d{1,15})\.(\d{1,15})(?:\.(\d{1,12}))?\.[\w-]{43}$/.exec(token)
  if (!parts) return null
  const expected = Buffer.from(signed(key, token.slice(0, token.lastIndexOf('.'))))
  const given = Buffer.from(token)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null
  const [, caseId, personId, seconds] = parts
  return {
    caseId: Number(caseId),
    personId: Number(personId),
    madeAt: seconds === undefined ? null : new Date(Number(seconds) * 1000),
  }
}
