import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendFile } from '../../../platform/files/sending.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { fromAnotherSite } from '../../../platform/http/origin.ts'
import { anonymous } from '../../../platform/permissions/actor.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Work } from '../../../platform/work.ts'
import { sayMet, sayMore, withdraw } from '../../cases/index.ts'
import { fileOf, talkOf } from '../queries.ts'
import { asCustomer, type Visitor } from '../visiting.ts'
import type { Around, Site } from './around.ts'
import { mostText, type Problems, sameForm, stampOf, type Values } from './form.ts'
import { say } from './say.ts'
import { type Sent, sentBy, TooBig } from './sent.ts'
import { talkPage } from './talk.ts'

type Params = { id: string; fileId: string; token: string; act: string }
type Query = { done?: string }
type Asked = FastifyRequest<{ Params: Params; Querystring: Query }>

/** The pages of one case, under the session's address or under a signed link. */
export const serveTalk = (
  app: FastifyInstance,
  site: Site,
  around: Around,
  at: {
    path: string
    visitor: (request: Asked) => Promise<Visitor | null> | Visitor | null
    base: (request: Asked) => string
    id: (request: Asked, visitor: Visitor) => number
    /** What is shown to whom nothing here is known of. */
    nobody?: (request: Asked, reply: FastifyReply) => Promise<FastifyReply>
  },
  limited: object,
): void => {
  const { kernel } = site
  const nobody = at.nobody ?? ((_request: Asked, reply: FastifyReply) => around.gone(reply))
  const show = async (
    request: Asked,
    reply: FastifyReply,
    visitor: Visitor,
    values: Values = {},
    problems: Problems = {},
  ) => {
    try {
      const [talk, now] = await kernel.read(
        anonymous,
        async reading => [await talkOf(reading, visitor, at.id(request, visitor)), reading.now] as const,
      )
      const done = request.query.done
      const [zone, stamp] = [await around.zone(), stampOf(site.formKey, now)]
      const body = talkPage({ talk, base: at.base(request), zone, values, problems, done, stamp })
      return around.frame(reply, talk.subject, body, visitor, Object.keys(problems).length > 0 ? 422 : 200)
    } catch (error) {
      if (error instanceof Refusal) return around.gone(reply, visitor)
      throw error
    }
  }
  const act = async (
    request: Asked,
    reply: FastifyReply,
    done: string,
    sent: Sent,
    run: (work: Work, visitor: Visitor) => Promise<unknown>,
  ) => {
    const { values } = sent
    const visitor = await at.visitor(request)
    if (!visitor) return nobody(request, reply)
    if (fromAnotherSite(request)) return show(request, reply, visitor, values, { origin: say('help.elsewhere') })
    try {
      const keyed = sameForm(`portal.${done}`, visitor.personId, sent)
      await kernel.work(asCustomer(visitor), work => once(work, keyed, 201, () => run(work, visitor)), request.id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.code === 'not_found') return around.gone(reply, visitor)
      return show(request, reply, visitor, values, { refused: error.message })
    }
    return reply.redirect(`${at.base(request)}?done=${done}`, 303)
  }
  app.get<{ Params: Params; Querystring: Query }>(at.path, limited, async (request, reply) => {
    const visitor = await at.visitor(request)
    return visitor ? show(request, reply, visitor) : nobody(request, reply)
  })
  app.post<{ Params: Params; Querystring: Query }>(at.path, limited, async (request, reply) => {
    const visitor = await at.visitor(request)
    if (!visitor) return nobody(request, reply)
    try {
      const sent = await sentBy(request, site.files)
      const { values, files } = sent
      const text = values.text?.trim() ?? ''
      if (text === '') return show(request, reply, visitor, values, { text: say('talk.empty') })
      if (text.length > mostText)
        return show(request, reply, visitor, values, { text: say('help.tooLong', { max: mostText }) })
      return act(request, reply, 'sent', sent, (work, who) =>
        sayMore(work, { id: at.id(request, who), text, channel: 'portal', files }),
      )
    } catch (error) {
      if (error instanceof TooBig) return show(request, reply, visitor, error.values, { files: say('help.tooBig') })
      throw error
    }
  })
  app.post<{ Params: Params; Querystring: Query }>(`${at.path}/withdraw`, limited, async (request, reply) =>
    act(request, reply, 'withdrawn', await sentBy(request, site.files), (work, who) =>
      withdraw(work, { id: at.id(request, who) }),
    ),
  )
  app.post<{ Params: Params; Querystring: Query }>(`${at.path}/met`, limited, async (request, reply) => {
    const sent = await sentBy(request, site.files)
    const { met, remark = '' } = sent.values
    if (met !== 'yes' && met !== 'partly' && met !== 'no') return reply.redirect(at.base(request), 303)
    return act(request, reply, 'met', sent, (work, who) =>
      sayMet(work, { id: at.id(request, who), met, remark: remark.slice(0, 4000) }),
    )
  })
  app.get<{ Params: Params; Querystring: Query }>(`${at.path}/files/:fileId`, limited, async (request, reply) => {
    const visitor = await at.visitor(request)
    if (!visitor) return nobody(request, reply)
    try {
      const id = at.id(request, visitor)
      const file = await kernel.read(anonymous, reading => fileOf(reading, visitor, id, Number(request.params.fileId)))
      return sendFile(reply, file, site.files.open(file.sha256))
    } catch (error) {
      if (error instanceof Refusal) return around.gone(reply, visitor)
      throw error
    }
  })
}
