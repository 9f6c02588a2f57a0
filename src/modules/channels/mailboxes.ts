import type * as z from 'zod'
import { seal } from '../../platform/key.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import type { ImapSettings, Mailbox } from './contract.ts'

type Imap = z.output<typeof ImapSettings>
type Row = Omit<z.output<typeof Mailbox>, 'lastCheckedAt'> & { lastCheckedAt: Date | null }

const columns = [
  'id',
  'name',
  'address',
  'kind',
  'team_id as teamId',
  'acknowledge',
  'imap',
  'last_checked_at as lastCheckedAt',
  'last_error as lastError',
  'version',
] as const

export const mailboxesOf = async ({ db }: Pick<Reading, 'db'>): Promise<Row[]> =>
  (await db
    .selectFrom('mailboxes')
    .select(columns)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute()) as unknown as Row[]

const mailboxById = async (work: Work, id: number): Promise<Row> =>
  (await mailboxesOf({ db: work.tx })).find(mailbox => mailbox.id === id) ?? notFound('mailbox')

export type NewMailbox = {
  name: string
  address: string
  kind: 'listener' | 'imap'
  teamId: number | null
  acknowledge: boolean
  imap: Imap | null
  password?: string | undefined
}

/** Adds a mailbox. @param key encrypts the password of an IMAP account */
export const addMailbox = async (work: Work, key: Buffer, input: NewMailbox): Promise<Row> => {
  if (input.kind === 'imap' && !input.imap) refuseField('imap', 'An IMAP account needs its server and user')
  if (input.kind === 'imap' && !input.password) refuseField('password', 'An IMAP account needs its password')
  const made = await work.tx
    .insertInto('mailboxes')
    .values({
      name: input.name,
      address: input.address.toLowerCase(),
      kind: input.kind,
      team_id: input.teamId,
      acknowledge: input.acknowledge,
      imap: input.imap ? JSON.stringify(input.imap) : null,
      imap_password: input.password ? seal(key, Buffer.from(input.password)) : null,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuseField('address', 'There is a mailbox with this address already')
  work.record({ type: 'mailbox.added', subject: { kind: 'mailbox', id: made.id }, data: { address: input.address } })
  return mailboxById(work, made.id)
}

type Change = {
  id: number
  name?: string | undefined
  teamId?: number | null | undefined
  acknowledge?: boolean | undefined
  imap?: Imap | undefined
  password?: string | undefined
  ended?: boolean | undefined
  version?: number | undefined
}

export const changeMailbox = async (work: Work, key: Buffer, input: Change): Promise<Row> => {
  const before = await mailboxById(work, input.id)
  assertFresh(before.version, input.version, 'mailbox')
  await work.tx
    .updateTable('mailboxes')
    .set({
      name: input.name ?? before.name,
      team_id: input.teamId === undefined ? before.teamId : input.teamId,
      acknowledge: input.acknowledge ?? before.acknowledge,
      ...(input.imap ? { imap: JSON.stringify(input.imap), last_uid: 0, uid_validity: null } : {}),
      ...(input.password ? { imap_password: seal(key, Buffer.from(input.password)) } : {}),
      ...(input.ended ? { ended_at: work.now } : {}),
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  work.record({
    type: 'mailbox.changed',
    subject: { kind: 'mailbox', id: input.id },
    data: { address: before.address },
  })
  return input.ended ? { ...before, version: before.version + 1 } : mailboxById(work, input.id)
}
