import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module, Surroundings } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { repliedEvent, replyBy, sendAtOf } from '../cases/index.ts'
import { messengersApi } from './api.ts'
import { sentences } from './events.ts'
import { serveHooks } from './hooks.ts'
import { accountsWaiting, takeInAll } from './intake.ts'
import { byMessenger } from './reaching.ts'
import { sendReply } from './sending.ts'
import { takeIn } from './storing.ts'
import { en } from './ui/en.ts'

const channels = ['text_message', 'social'] as const

const start = ({ config, kernel, files, outgoing, log, keyFor }: Surroundings) => {
  const keys = {
    baseUrl: config.baseUrl,
    secrets: keyFor('messenger accounts'),
    stored: keyFor('stored messenger messages'),
  }
  const intake = { kernel, files, outgoing, keys }
  for (const channel of channels) replyBy(channel, byMessenger(channel))
  const sweep = async () => {
    for (const id of await accountsWaiting(kernel)) await kernel.work(system, async work => takeIn(work, id, 0))
  }
  return {
    api: messengersApi(keys, outgoing),
    routes: (app: Parameters<typeof serveHooks>[0]) => serveHooks(app, { kernel, keys, log }),
    jobs: [
      job({
        name: 'messengers:take_in',
        payload: z.object({ accountId: z.number() }),
        run: ({ accountId }) => takeInAll(intake, accountId),
      }),
      job({ name: 'messengers:send', payload: repliedEvent, run: ({ data }) => sendReply(intake, data.messageId) }),
      job({ name: 'messengers:sweep', payload: z.object({}).loose(), cron: '*/10 * * * *', run: sweep }),
    ],
  }
}

export const messengersModule: Module = {
  name: 'messengers',
  uses: ['identity', 'people', 'cases'],
  owns: ['messenger_accounts', 'messenger_contacts', 'messenger_talks', 'messenger_inbox', 'messenger_outbox'],
  words: en,
  sentences,
  subscriptions: [
    {
      event: 'case.replied',
      job: 'messengers:send',
      when: ({ data }) => channels.some(channel => channel === data?.channel) && sendAtOf(data) !== undefined,
      at: ({ data }) => sendAtOf(data),
    },
  ],
  start,
}
