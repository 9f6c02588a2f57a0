import * as z from 'zod'
import { api, read, work } from '../../platform/http/api.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { notifications } from './contract.ts'
import { mailUnread } from './mailing.ts'
import { changeSettings, markRead, notificationsOf, settingsOf, unreadCount } from './queries.ts'
import { Heard, tell } from './telling.ts'
import { en } from './ui/en.ts'

const heard = (event: string, when?: (data: Record<string, unknown>) => boolean) => ({
  event,
  job: 'notifications:tell',
  together: true,
  ...(when ? { when: ({ data }: { data?: Record<string, unknown> }) => when(data ?? {}) } : {}),
})

export const notificationsModule: Module = {
  name: 'notifications',
  uses: ['identity', 'cases', 'channels'],
  owns: ['notifications', 'notification_settings'],
  words: en,
  subscriptions: [
    heard('case.changed', data => typeof data.assigneeId === 'number'),
    heard('case.opened', data => typeof data.assigneeId === 'number'),
    heard('case.received'),
    heard('case.noted'),
    // A colleague's answer is told by the note that mentions whoever asked.
    heard('case.referral_answered', data => data.answer === 'supplier'),
    heard('case.check_answered', data => data.met !== 'yes'),
    heard('case.woken', data => data.because !== 'asked'),
    heard('case.delivery_failed'),
    heard('case.bounced'),
    heard('promise.warned', data => Array.isArray(data.whom)),
    heard('promise.escalated', data => Array.isArray(data.whom)),
    heard('bulk.done'),
    heard('offer.approval_asked'),
    heard('offer.approved'),
    heard('offer.declined'),
    heard('code.campaign_started'),
    heard('rule.stopped', data => typeof data.ownerId === 'number'),
  ],
  start: ({ config, kernel }) => ({
    api: api(notifications, {
      list: read(notificationsOf),
      count: read(unreadCount),
      read: work(markRead),
      settings: read(settingsOf),
      changeSettings: work(changeSettings),
    }),
    // Whoever it is about, and nobody else, is told that something came in.
    gates: { staff: async () => (actor, id) => actor.kind === 'staff' && actor.id === id },
    jobs: [
      job({
        name: 'notifications:tell',
        payload: Heard,
        run: one => kernel.work(system, w => tell(w, [one])),
        runAll: (w, all) => tell(w, all),
      }),
      job({
        name: 'notifications:mail',
        payload: z.object({ staffId: z.number() }),
        run: ({ staffId }) => kernel.work(system, w => mailUnread(w, staffId, id => `${config.baseUrl}/cases/${id}`)),
      }),
    ],
  }),
}
