import type { FastifyRequest } from 'fastify'
import { sendFile } from '../../platform/files/sending.ts'
import type { FileStore } from '../../platform/files/store.ts'
import { api, type Edge, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { attach, claimAttachments, sayMet, sayMore, withdraw } from '../cases/index.ts'
import { ask, raise } from './asking.ts'
import { portal } from './contract.ts'
import { casesOf, fileOf, frontOf, talkOf } from './queries.ts'
import { changeSettings, settingsOf } from './settings.ts'
import { askCode, mustBe, signIn, signOut, visitorOf, wrongCode } from './signing-in.ts'
import { asCustomer, type Visitor, visitorOfStaff } from './visiting.ts'

const sessionOf = (request: FastifyRequest): string | null => {
  const header = request.headers['x-portal-session']
  return typeof header === 'string' ? header : null
}

/** Who asks, by the session in the header. */
const visitorIn = async ({ kernel, request }: Edge): Promise<Visitor> =>
  mustBe(await kernel.read(anonymous, reading => visitorOf(reading, sessionOf(request))))

/** Does something in the name of a customer. */
const act = async <T>(at: Edge, run: (work: Work) => Promise<T>): Promise<T> =>
  at.kernel.work(asCustomer(await visitorIn(at)), run, at.request.id)

/** Does something as the customer that a member of staff is of other departments. */
const asColleague = async <T>(w: Work, run: (work: Work, visitor: Visitor) => Promise<T>): Promise<T> => {
  const visitor = await visitorOfStaff(w)
  return run({ ...w, actor: asCustomer(visitor) }, visitor)
}

/** Files go with what was said by the member of staff who uploaded them, whoever they are to the other department. */
const withFiles = async (w: Work, ids: number[], caseId: number, messageId: number): Promise<void> => {
  if (ids.length > 0) await claimAttachments(w, ids, caseId, messageId)
}

/** @param baseUrl where this installation is reached */
export const portalApi = (baseUrl: string, files: FileStore) =>
  api(portal, {
    front: read(async reading => {
      const front = await frontOf(reading)
      return (front ?? { organisation: '', open: false, intro: '', kinds: [], openNow: false, opensAt: null }) as never
    }),
    ask: work(async (w, input) => ({ number: (await ask(w, input, null)).number })),
    askCode: edge(async ({ kernel, request }, { email }) => {
      const page = `${baseUrl}/help/sign-in`
      await kernel.work(anonymous, w => askCode(w, { email, address: request.ip, page }), request.id)
      return done
    }),
    // A wrong try must be counted: the transaction ends well and the refusal comes after it.
    signIn: edge(async ({ kernel, request }, input) => {
      const session = await kernel.work(anonymous, w => signIn(w, input), request.id)
      return session ?? wrongCode()
    }),
    signOut: edge(async ({ kernel, request }) => {
      await kernel.work(anonymous, w => signOut(w, sessionOf(request)), request.id)
      return done
    }),
    cases: edge(async (at, input) => {
      const visitor = await visitorIn(at)
      return at.kernel.read(anonymous, reading => casesOf(reading, visitor, input.cursor))
    }),
    case: edge(async (at, { id }) => {
      const visitor = await visitorIn(at)
      return at.kernel.read(anonymous, reading => talkOf(reading, visitor, id))
    }),
    write: edge(async (at, { id, text }) => {
      const message = await act(at, w => sayMore(w, { id, text, channel: 'portal' }))
      return { id: message.id }
    }),
    withdraw: edge(async (at, { id }) => {
      await act(at, w => withdraw(w, { id }))
      return done
    }),
    met: edge(async (at, input) => {
      await act(at, w => sayMet(w, input))
      return done
    }),
    settings: read(reading => settingsOf(reading, `${baseUrl}/help`)),
    changeSettings: work((w, input) => changeSettings(w, input, `${baseUrl}/help`)),
    requests: work(async (w, input) => {
      const visitor = await visitorOfStaff(w)
      return casesOf({ db: w.tx, now: w.now }, visitor, input.cursor)
    }),
    raise: work(async (w, { attachmentIds, ...input }) => {
      const { id, messageId } = await asColleague(w, (own, visitor) => raise(own, input, visitor))
      await withFiles(w, attachmentIds, id, messageId)
      return { id }
    }),
    attachToRequest: edge(async ({ kernel, actor, request }) =>
      attach(kernel, files, actor, await uploaded(request), { caseId: null }, request.id),
    ),
    requestFile: edge(async ({ kernel, actor, request, reply }, { id, fileId }) => {
      const file = await kernel.work(
        actor,
        async w => fileOf({ db: w.tx, actor, now: w.now }, await visitorOfStaff(w), id, fileId),
        request.id,
      )
      return sendFile(reply, file, files.open(file.sha256))
    }),
    request: work(async (w, { id }) => {
      const visitor = await visitorOfStaff(w)
      return talkOf({ db: w.tx, actor: w.actor, now: w.now }, visitor, id)
    }),
    answerRequest: work(async (w, { id, text, attachmentIds }) => {
      const said = await asColleague(w, own => sayMore(own, { id, text, channel: 'portal' }))
      await withFiles(w, attachmentIds, said.caseId, said.id)
      return { id: said.id }
    }),
    withdrawRequest: work((w, { id }) =>
      asColleague(w, async own => {
        await withdraw(own, { id })
        return done
      }),
    ),
    confirmRequest: work((w, input) =>
      asColleague(w, async own => {
        await sayMet(own, input)
        return done
      }),
    ),
  })
