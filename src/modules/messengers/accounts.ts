import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type * as z from 'zod'
import { seal, unseal } from '../../platform/key.ts'
import { assertFresh, notFound, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { assertTeam } from '../identity/index.ts'
import { normalOf } from '../people/index.ts'
import { adapters, type OpenAccount } from './adapters/index.ts'
import type { Messenger, MessengerKind } from './contract.ts'

/** What accounts are sealed with, and where they are called. */
export type AccountKeys = { secrets: Buffer; baseUrl: string }

type Texts = Record<string, string>
type Row = Omit<z.output<typeof Messenger>, 'hookUrl' | 'lastHeardAt' | 'lastErrorAt'> & {
  hook: string
  lastHeardAt: Date | null
  lastErrorAt: Date | null
}

const hookUrl = (keys: AccountKeys, hook: string): string => `${keys.baseUrl}/api/messengers/hooks/${hook}`

export const accountsOf = async ({ db }: Pick<Reading, 'db'>, keys: AccountKeys) => {
  const { rows } = await sql<Row>`select a.id, a.kind, a.name, a.address, a.settings, a.hook, a.team_id as "teamId",
      a.last_heard_at as "lastHeardAt", a.last_error as "lastError", a.last_error_at as "lastErrorAt", a.version,
      (select count(*) from messenger_inbox i where i.account_id = a.id and i.kind = 'message' and i.state <> 'done')::int as waiting
    from messenger_accounts a where a.ended_at is null order by a.id`.execute(db)
  return rows.map(({ hook, ...row }) => ({ ...row, hookUrl: hookUrl(keys, hook) }))
}

const accountById = async (work: Work, keys: AccountKeys, id: number) =>
  (await accountsOf({ db: work.tx }, keys)).find(account => account.id === id) ?? notFound('account')

export type Opened = OpenAccount & { kind: MessengerKind; teamId: number | null }

/** An account with its secrets, by its id or by the address it is called at. @returns null where it has ended */
export const openAccount = async (
  { db }: Pick<Reading, 'db'>,
  keys: AccountKeys,
  by: { id: number } | { hook: string },
): Promise<Opened | null> => {
  const row = await db
    .selectFrom('messenger_accounts')
    .select(['id', 'kind', 'address', 'settings', 'secrets', 'hook', 'team_id as teamId'])
    .where('ended_at', 'is', null)
    .$call(query => ('id' in by ? query.where('id', '=', by.id) : query.where('hook', '=', by.hook)))
    .executeTakeFirst()
  if (!row) return null
  const { hook, secrets, settings, kind, ...rest } = row
  return {
    ...rest,
    kind: kind as MessengerKind,
    settings: settings as Texts,
    secrets: JSON.parse(unseal(keys.secrets, secrets).toString()) as Texts,
    hookUrl: hookUrl(keys, hook),
  }
}

/** Only what this kind has, so that nothing else is kept. */
const only = (names: readonly string[], given: Texts): Texts =>
  Object.fromEntries(names.flatMap(name => (given[name] ? [[name, given[name]]] : [])))

/** @throws Refusal naming the first field that is missing */
const assertWhole = (names: readonly string[], given: Texts, group: 'settings' | 'token'): void => {
  const missing = names.find(name => !given[name])
  if (missing) refuseField(`${group}.${missing}`, 'This is needed')
}

const settingsOf = (kind: MessengerKind, given: Texts): Texts => {
  const { settings } = adapters[kind]
  assertWhole(settings, given, 'settings')
  return only([...settings, 'baseUrl'], given)
}

/** Our number as it is compared and sent; the name of a bot as it is. */
const addressOf = (kind: MessengerKind, address: string): string =>
  adapters[kind].identity === 'phone' && /^[+\d\s()-]+$/.test(address) ? normalOf('phone', address) : address.trim()

const sealed = (keys: AccountKeys, secrets: Texts): Buffer => seal(keys.secrets, Buffer.from(JSON.stringify(secrets)))

type New = {
  kind: MessengerKind
  name: string
  address: string
  settings: Texts
  token: Texts
  teamId: number | null
}

/** Adds an account. @throws Refusal naming the field that is missing or taken */
export const addAccount = async (work: Work, keys: AccountKeys, input: New) => {
  const { secrets } = adapters[input.kind]
  const settings = settingsOf(input.kind, input.settings)
  assertWhole(secrets, input.token, 'token')
  await assertTeam(work, input.teamId)
  const made = await work.tx
    .insertInto('messenger_accounts')
    .values({
      kind: input.kind,
      name: input.name,
      address: addressOf(input.kind, input.address),
      settings: JSON.stringify(settings),
      secrets: sealed(keys, { ...only(secrets, input.token), hookToken: randomBytes(24).toString('hex') }),
      hook: randomBytes(16).toString('hex'),
      team_id: input.teamId,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return refuseField('address', 'There is an account with this number or name already')
  const subject = { kind: 'messenger', id: made.id }
  work.record({ type: 'messenger.added', subject, data: { account: input.name } })
  return accountById(work, keys, made.id)
}

type Change = {
  id: number
  name?: string | undefined
  address?: string | undefined
  settings?: Texts | undefined
  token?: Texts | undefined
  teamId?: number | null | undefined
  ended?: boolean | undefined
  version?: number | undefined
}

/** Changes an account; a secret that is empty or left out stays what it was. */
export const changeAccount = async (work: Work, keys: AccountKeys, input: Change) => {
  const before = await accountById(work, keys, input.id)
  assertFresh(before.version, input.version, 'account')
  await assertTeam(work, input.teamId)
  const given = only(adapters[before.kind].secrets, input.token ?? {})
  const open = Object.keys(given).length > 0 ? await openAccount({ db: work.tx }, keys, { id: input.id }) : null
  await work.tx
    .updateTable('messenger_accounts')
    .set({
      name: input.name ?? before.name,
      address: input.address ? addressOf(before.kind, input.address) : before.address,
      team_id: input.teamId === undefined ? before.teamId : input.teamId,
      ...(input.settings ? { settings: JSON.stringify(settingsOf(before.kind, input.settings)) } : {}),
      ...(open ? { secrets: sealed(keys, { ...open.secrets, ...given }) } : {}),
      ...(input.ended ? { ended_at: work.now } : {}),
      version: before.version + 1,
    })
    .where('id', '=', input.id)
    .execute()
  const subject = { kind: 'messenger', id: input.id }
  work.record({ type: 'messenger.changed', subject, data: { account: before.name } })
  return input.ended ? { ...before, version: before.version + 1 } : accountById(work, keys, input.id)
}

/** Notes what went wrong with an account, or that all is well again, for those who look after it. */
export const noteTrouble = async (work: Work, id: number, trouble: string | null): Promise<void> => {
  await work.tx
    .updateTable('messenger_accounts')
    .set({ last_error: trouble?.slice(0, 500) ?? null, last_error_at: trouble ? work.now : null })
    .where('id', '=', id)
    .$if(trouble === null, query => query.where('last_error', 'is not', null))
    .execute()
}
