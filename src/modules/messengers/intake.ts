import type { FileStore } from '../../platform/files/store.ts'
import { type Outgoing, Unreached } from '../../platform/http/outgoing.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import { type Kept, keepFile } from '../cases/index.ts'
import { type AccountKeys, noteTrouble, type Opened, openAccount } from './accounts.ts'
import { adapters, type Media, type News, type Said, Unsent } from './adapters/index.ts'
import { applyNews } from './delivering.ts'
import { type Gathered, placeSaid } from './placing.ts'
import { openBody } from './storing.ts'

export type Keys = AccountKeys & { stored: Buffer }
export type Intake = { kernel: Kernel; files: FileStore; outgoing: Outgoing; keys: Keys }

const maxBytes = 26_214_400
/** After so many tries a message is taken in without the files that could not be had. */
const patience = 6
const mostTries = 12
const mostFiles = 10

type Stored = {
  id: number
  kind: string
  provider_id: string
  body: Buffer | null
  attempts: number
  received_at: Date
}

const waiting = (kernel: Kernel, accountId: number): Promise<Stored[]> =>
  kernel.read(system, ({ db }) =>
    db
      .selectFrom('messenger_inbox')
      .select(['id', 'kind', 'provider_id', 'body', 'attempts', 'received_at'])
      .where('account_id', '=', accountId)
      .where('state', '=', 'stored')
      // As the provider dates them, so that what came in the wrong order stands in the right one.
      .orderBy('at')
      .orderBy('id')
      .limit(200)
      .execute(),
  )

/** One file of a message: kept, or the reason why it is not. @throws Unsent where it may be had later */
const fetchOne = async (intake: Intake, account: Opened, media: Media): Promise<Kept | string> => {
  if ((media.size ?? 0) > maxBytes) return 'media_too_large'
  try {
    const { content, type } = await adapters[account.kind].fetch(account, media, intake.outgoing, maxBytes)
    return await keepFile(intake.files, {
      name: media.name,
      type: type || 'application/octet-stream',
      content,
    })
  } catch (error) {
    if (error instanceof Unreached) {
      if (error.reason === 'too_large') return 'media_too_large'
      if (error.reason === 'address') return 'media_missing'
    }
    if (error instanceof Unsent && error.forGood) return 'media_missing'
    throw error
  }
}

const gather = async (intake: Intake, account: Opened, said: Said, attempts: number): Promise<Gathered> => {
  const gathered: Gathered = { kept: [], warnings: [] }
  const warn = (why: string) => {
    if (!gathered.warnings.includes(why)) gathered.warnings.push(why)
  }
  for (const media of said.media.slice(0, mostFiles)) {
    try {
      const one = await fetchOne(intake, account, media)
      if (typeof one === 'string') warn(one)
      else gathered.kept.push(one)
    } catch (error) {
      if (attempts < patience) throw error
      warn('media_missing')
    }
  }
  if (said.media.length > mostFiles) warn('media_missing')
  return gathered
}

/** Takes one message in, exactly once: its row is locked until it stands in a case. */
const takeSaid = async (intake: Intake, account: Opened, stored: Stored, said: Said): Promise<void> => {
  const gathered = await gather(intake, account, said, stored.attempts)
  await intake.kernel.work(system, async work => {
    const mine = await work.tx
      .selectFrom('messenger_inbox')
      .select('id')
      .where('id', '=', stored.id)
      .where('state', '=', 'stored')
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!mine) return
    const messageId = await placeSaid(work, account, said, gathered)
    await work.tx
      .updateTable('messenger_inbox')
      .set({ state: 'done', message_id: messageId, body: null, last_error: null })
      .where('id', '=', stored.id)
      .execute()
  })
}

const noteFailure = (intake: Intake, account: Opened, stored: Stored, error: unknown): Promise<void> =>
  intake.kernel.work(system, async work => {
    const reason = (error as Error).message.slice(0, 500)
    await work.tx
      .updateTable('messenger_inbox')
      .set({
        attempts: stored.attempts + 1,
        last_error: reason,
        ...(stored.attempts + 1 >= mostTries ? { state: 'failed' } : {}),
      })
      .where('id', '=', stored.id)
      .execute()
    await noteTrouble(work, account.id, reason)
  })

/**
 * Takes in what an account's provider told us, in the order of its time. A message that fails holds back the later ones
 * of the same sender, not those of others.
 * @throws Error of the first that failed, so that the job is tried again
 */
export const takeInAll = async (intake: Intake, accountId: number): Promise<void> => {
  const account = await intake.kernel.read(system, reading => openAccount(reading, intake.keys, { id: accountId }))
  if (!account) return
  const held = new Set<string>()
  let failure: Error | null = null
  for (const stored of await waiting(intake.kernel, accountId)) {
    if (!stored.body) continue
    const said = stored.kind === 'message' ? openBody<Said>(intake.keys.stored, stored.body) : null
    if (said && held.has(said.from)) continue
    try {
      if (said) await takeSaid(intake, account, stored, said)
      else await applyNews(intake.kernel, accountId, stored.id, openBody<News>(intake.keys.stored, stored.body))
    } catch (error) {
      failure ??= error as Error
      if (said) held.add(said.from)
      await noteFailure(intake, account, stored, error)
    }
  }
  if (failure) throw failure
  await intake.kernel.work(system, work => noteTrouble(work, accountId, null))
}

/** Accounts with something that waits: what a process that was killed left behind is taken up again. */
export const accountsWaiting = (kernel: Kernel): Promise<number[]> =>
  kernel.read(system, async ({ db }) => {
    const rows = await db
      .selectFrom('messenger_inbox')
      .select('account_id')
      .distinct()
      .where('state', '=', 'stored')
      .execute()
    return rows.map(row => row.account_id)
  })
