import { sql } from 'kysely'
import * as z from 'zod'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { repliedEvent, replyBy, sendAtOf } from '../cases/index.ts'
import { widgetApi } from './api.ts'
import { sentences } from './events.ts'
import { serveWidget } from './serving.ts'
import { isHere, mailUnseen, showReply } from './showing.ts'
import { serveStream, visitorStreams } from './streaming.ts'
import { en } from './ui/en.ts'

/** What a visitor's window has to read again for. */
const telling = new Set(['case.delivered', 'case.received', 'case.changed', 'case.reopened', 'case.shown'])

/** What may bring a conversation into another case: whoever listens there has to find it again. */
const moving = new Set(['case.merged_away', 'case.unmerged', 'case.split'])

type Options = { staffHere(): number }

export const widgetModule = ({ staffHere }: Options): Module => ({
  name: 'widget',
  uses: ['identity', 'people', 'cases', 'channels', 'portal'],
  owns: ['widget_sites', 'widget_talks', 'widget_uploads'],
  words: en,
  sentences,
  subscriptions: [
    {
      event: 'case.replied',
      job: 'widget:show',
      when: ({ data }) => data?.channel === 'chat' && sendAtOf(data) !== undefined,
      at: ({ data }) => sendAtOf(data),
    },
  ],
  start: ({ config, kernel, files, log, keyFor }) => {
    const streams = visitorStreams(kernel, log)
    // While the visitor is there an answer goes to the window; otherwise the case is answered by mail.
    replyBy('chat', async (work, { caseId }) => isHere({ db: work.tx, now: work.now }, caseId))
    return {
      api: widgetApi({ sites: keyFor('widget sites'), baseUrl: config.baseUrl }, files, staffHere),
      hear: events => {
        const of = (types: ReadonlySet<string>) =>
          events.filter(event => event.subjectKind === 'case' && types.has(event.type)).map(event => event.subjectId)
        streams.tell(of(telling))
        streams.startOver(of(moving))
      },
      routes: app => {
        serveWidget(app, kernel)
        serveStream(app, kernel, streams)
      },
      jobs: [
        job({
          name: 'widget:show',
          payload: repliedEvent,
          run: ({ data }) =>
            kernel.work(system, async work => {
              await showReply(work, data.messageId)
              const { rows } = await sql<{ id: number }>`select case_id as id from messages where id = ${data.messageId}
                and delivery = 'sending'`.execute(work.tx)
              for (const { id } of rows)
                work.record({ type: 'case.shown', subject: { kind: 'case', id }, data: { messageId: data.messageId } })
            }),
        }),
        job({
          name: 'widget:mail_unseen',
          payload: z.object({ messageId: z.number() }),
          run: ({ messageId }) => kernel.work(system, work => mailUnseen(work, messageId)),
        }),
      ],
      stop: async () => streams.close(),
    }
  },
})
