import { sql } from 'kysely'
import type { Work } from '../../platform/work.ts'

/** What outgoing mail is sealed and signed with. */
export type Keys = {
  mail: Buffer
  thread: Buffer
  /** No outgoing server is set: mail is kept and shown at once, and no job tries to send it. */
  kept?: boolean
  /** Where a customer follows a case, for a time from when it was made. */
  caseLink(caseId: number, personId: number, madeAt: Date): string
}

export type From = { id: number; name: string; address: string; organisation: string }

/** The mailbox a case answers from: where it came in, else its team's, else the first. */
export const mailboxFor = async (work: Work, mailboxId: number | null, teamId: number | null): Promise<From | null> => {
  const { rows } =
    await sql<From>`select m.id, m.name, m.address, o.name as organisation from mailboxes m, organisation o
    where m.ended_at is null order by m.id = ${mailboxId} desc nulls last, m.team_id = ${teamId} desc nulls last, m.id limit 1`.execute(
      work.tx,
    )
  return rows[0] ?? null
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** Ids of strangers may hold anything; only well-formed ones go into a header. */
export const isPlainId = (id: string): boolean => /^<[!-;=?-~]{1,250}>$/.test(id)
