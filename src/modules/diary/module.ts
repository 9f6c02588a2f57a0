import { text } from 'node:stream/consumers'
import * as z from 'zod'
import { linkForCustomers } from '../../platform/http/public-links.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { anonymous, system } from '../../platform/permissions/actor.ts'
import { diaryApi } from './api.ts'
import { serveBooking } from './booking-pages.ts'
import { personal, sentences } from './events.ts'
import { diaryFile, ownerOf } from './feed.ts'
import { calendarFilesOf, invite, noteAnswer, remind } from './inviting.ts'
import { serveLink } from './link-pages.ts'
import { bookingLink } from './links.ts'
import { offered } from './offering.ts'
import { en } from './ui/en.ts'

const One = z.object({ id: z.number() }).loose()
const Received = z
  .object({ subject: z.object({ id: z.number() }).loose(), data: z.object({ messageId: z.number() }).loose() })
  .loose()

/** Appointments, visits and call-backs with a time in somebody's diary. */
export const diaryModule: Module = {
  name: 'diary',
  uses: ['identity', 'people', 'promises', 'cases', 'channels', 'portal'],
  owns: ['resources', 'appointment_types', 'bookings', 'booking_resources', 'diary_feeds'],
  words: en,
  sentences,
  personal,
  subscriptions: [{ event: 'case.received', job: 'diary:answer', when: ({ data }) => data?.channel === 'email' }],
  start: ({ config, kernel, files, keyFor }) => {
    const key = keyFor('appointment')
    linkForCustomers({
      href: '/help/appointments',
      text: en['booking.public'],
      order: 3,
      there: async asked => (await asked.read(anonymous, offered)).length > 0,
    })
    const linkFor = (id: number) => `${config.baseUrl}/appointment/${bookingLink(key, id)}`
    return {
      api: diaryApi(config.baseUrl),
      jobs: [
        job({
          name: 'diary:invite',
          payload: One,
          run: ({ id }) => kernel.work(system, work => invite(work, id, linkFor)),
        }),
        job({
          name: 'diary:remind',
          payload: One,
          run: ({ id }) => kernel.work(system, work => remind(work, id, linkFor)),
        }),
        job({
          name: 'diary:answer',
          payload: Received,
          run: async ({ subject, data }) => {
            const found = await kernel.work(system, work => calendarFilesOf(work, [data.messageId]))
            for (const { sha256 } of found) {
              const file = await text(files.open(sha256))
              await kernel.work(system, work => noteAnswer(work, subject.id, file))
            }
          },
        }),
      ],
      routes: app => {
        const site = { kernel, key }
        serveBooking(app, site)
        serveLink(app, site)
        app.get<{ Params: { secret: string } }>(
          '/diary/:secret.ics',
          { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } },
          async (request, reply) => {
            const owner = await kernel.work(anonymous, work => ownerOf(work, request.params.secret), request.id)
            if (owner === null) return reply.status(404).type('text/plain').send('There is no such diary.\n')
            const file = await kernel.read(anonymous, reading =>
              diaryFile(reading, owner, id => `${config.baseUrl}/cases/${id}`),
            )
            return reply.type('text/calendar; charset=utf-8').header('cache-control', 'private, no-store').send(file)
          },
        )
      },
    }
  },
}
