import type { FastifyRequest } from 'fastify'
import { sendFile } from '../../platform/files/sending.ts'
import type { FileStore } from '../../platform/files/store.ts'
import { api, type Edge, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { notFound } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { fileOf, frontOf, talkOf } from '../portal/index.ts'
import { widget } from './contract.ts'
import { addSite, changeSite, siteByKey, sitesOf } from './sites.ts'
import { actorOfTalk, begin, goesOnByMail, leaveAddress, say, seen, type Talk, talkOfSession } from './talking.ts'
import { removeUpload, sessionHash, type Uploader, upload } from './uploading.ts'

const sessionOf = (request: FastifyRequest): string | null => {
  const header = request.headers['x-widget-session']
  return typeof header === 'string' ? header : null
}

const talkIn = ({ kernel, request }: Edge): Promise<Talk> =>
  kernel.read(anonymous, reading => talkOfSession(reading, sessionOf(request)))

/** The session for which a file is uploaded, which may not have said anything yet, at a site that is there. */
const uploaderIn = async ({ kernel, request }: Edge, key: string): Promise<Uploader> => {
  const session = sessionOf(request) ?? ''
  if (!/^[\w-]{43}$/.test(session)) return notFound('session')
  await kernel.read(anonymous, reading => siteByKey(reading, key))
  return { session: sessionHash(session), address: request.ip }
}

type Keys = { sites: Buffer; baseUrl: string }

const shownTalk = async (reading: Reading, talk: Talk) => {
  const { id, status, messages } = await talkOf(reading, talk.visitor, talk.caseId)
  return {
    id,
    status,
    messages: messages.map(message => ({ ...message, from: message.fromUs ? message.from : null })),
    byMail: await goesOnByMail(reading, talk),
  }
}

export const widgetApi = (keys: Keys, files: FileStore, staffHere: () => number) =>
  api(widget, {
    front: read(async (reading, { key }) => {
      const site = await siteByKey(reading, key)
      const front = (await frontOf(reading)) ?? notFound('site')
      const { organisation, openNow, opensAt } = front
      return {
        organisation,
        greeting: site.greeting,
        colour: site.colour,
        openNow,
        opensAt,
        staffHere: staffHere() > 0,
      }
    }),
    begin: edge(({ kernel, request }, input) => kernel.work(anonymous, w => begin(w, keys.sites, input), request.id)),
    upload: edge(async (at, { key }) => {
      const from = await uploaderIn(at, key)
      return upload(at.kernel, files, from, await uploaded(at.request), at.request.id)
    }),
    removeUpload: edge(async (at, { key, id }) => {
      const { session } = await uploaderIn(at, key)
      await at.kernel.work(anonymous, w => removeUpload(w, session, id), at.request.id)
      return done
    }),
    talk: edge(async at => {
      const talk = await talkIn(at)
      return at.kernel.read(anonymous, reading => shownTalk(reading, talk))
    }),
    file: edge(async (at, { id }) => {
      const talk = await talkIn(at)
      const file = await at.kernel.read(anonymous, reading => fileOf(reading, talk.visitor, talk.caseId, id))
      return sendFile(at.reply, file, files.open(file.sha256))
    }),
    say: edge(async (at, input) => {
      const talk = await talkIn(at)
      const said = { ...input, session: sessionOf(at.request) ?? '', keyed: at.keyed }
      return at.kernel.work(actorOfTalk(talk), w => say(w, talk, said), at.request.id)
    }),
    seen: edge(async (at, { messageId }) => {
      const talk = await talkIn(at)
      await at.kernel.work(actorOfTalk(talk), w => seen(w, talk, messageId), at.request.id)
      return done
    }),
    leaveAddress: edge(async (at, { email }) => {
      const talk = await talkIn(at)
      await at.kernel.work(actorOfTalk(talk), w => leaveAddress(w, talk, email), at.request.id)
      return done
    }),
    sites: read(async reading => ({ items: await sitesOf(reading, keys.baseUrl) })),
    addSite: work((w, input) => addSite(w, keys, input)),
    changeSite: work((w, input) => changeSite(w, keys, input)),
  })
