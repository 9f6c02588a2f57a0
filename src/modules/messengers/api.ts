import { api, edge, read } from '../../platform/http/api.ts'
import { type Outgoing, Unreached } from '../../platform/http/outgoing.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import { done } from '../../shared/contract.ts'
import { type AccountKeys, accountsOf, addAccount, changeAccount, noteTrouble, openAccount } from './accounts.ts'
import { adapters, Unsent } from './adapters/index.ts'
import { messengers } from './contract.ts'
import { reachableOf } from './reaching.ts'

/** Another address of a provider is one that somebody typed: it must be one we may fetch. */
const assertBase = async (outgoing: Outgoing, settings: Record<string, string> | undefined): Promise<void> => {
  if (!settings?.baseUrl) return
  await outgoing.check(settings.baseUrl).catch((error: unknown) => {
    if (error instanceof Unreached) refuseField('settings.baseUrl', error.message)
    throw error
  })
}

export const messengersApi = (keys: AccountKeys, outgoing: Outgoing) =>
  api(messengers, {
    list: read(async reading => ({ items: await accountsOf(reading, keys) })),
    add: edge(async ({ kernel, actor, request }, input) => {
      await assertBase(outgoing, input.settings)
      return kernel.work(actor, w => addAccount(w, keys, input), request.id)
    }),
    change: edge(async ({ kernel, actor, request }, input) => {
      await assertBase(outgoing, input.settings)
      return kernel.work(actor, w => changeAccount(w, keys, input), request.id)
    }),
    check: edge(async ({ kernel, actor, request }, { id }) => {
      const account = (await kernel.read(actor, reading => openAccount(reading, keys, { id }))) ?? notFound('account')
      try {
        await adapters[account.kind].check(account, outgoing)
      } catch (error) {
        if (!(error instanceof Unsent)) throw error
        await kernel.work(actor, w => noteTrouble(w, id, error.message), request.id)
        throw new Refusal('conflict', `The provider says: ${error.message}`)
      }
      await kernel.work(actor, w => noteTrouble(w, id, null), request.id)
      return done
    }),
    reachable: read((reading, { id }) => reachableOf(reading, id)),
  })
