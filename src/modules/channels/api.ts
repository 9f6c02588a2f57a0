import type { FastifyReply } from 'fastify'
import type { Config } from '../../platform/config.ts'
import { api, edge, read, work } from '../../platform/http/api.ts'
import { channels } from './contract.ts'
import { acceptReceived, discardReceived, retryOutgoing, retryReceived } from './deciding.ts'
import { addMailbox, changeMailbox, mailboxesOf } from './mailboxes.ts'
import { maskSetAside, maskSource } from './masking.ts'
import { mailDays, messageSource, outgoingMail, outgoingSource, receivedMail, receivedSource } from './queries.ts'
import { unsealMail } from './storing.ts'

/** What was set aside has not been looked through yet. */
const sendSource = async (reply: FastifyReply, raw: Buffer, name: string): Promise<FastifyReply> => {
  const source = maskSource(raw, await maskSetAside(raw))
  return reply
    .header('content-type', 'message/rfc822')
    .header('content-disposition', `attachment; filename="${name}.eml"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
    .send(source)
}

type Options = { config: Config; mailKey: Buffer; passwordKey: Buffer; nudge(mailboxId: number): void }

export const channelsApi = ({ config, mailKey, passwordKey, nudge }: Options) =>
  api(channels, {
    mailboxes: read(async reading => ({
      items: await mailboxesOf(reading),
      listener: config.smtpListen ? `${config.smtpListen.host}:${config.smtpListen.port}` : null,
      outgoing: config.smtpUrl ? new URL(config.smtpUrl).host : null,
    })),
    addMailbox: work((w, input) => addMailbox(w, passwordKey, input)),
    changeMailbox: work((w, input) => changeMailbox(w, passwordKey, input)),
    received: read(receivedMail),
    receivedSource: edge(async ({ kernel, actor, reply, request }, { id }) => {
      const raw = await kernel.work(
        actor,
        async w => {
          w.record({ type: 'mail.source_read', subject: { kind: 'mail', id } })
          return receivedSource({ db: w.tx }, id)
        },
        request.id,
      )
      return sendSource(reply, unsealMail(mailKey, raw), `received-${id}`)
    }),
    messageSource: edge(async ({ kernel, actor, reply, request }, { id }) => {
      const { raw } = await kernel.work(
        actor,
        async w => {
          const found = await messageSource({ db: w.tx, actor: w.actor, now: w.now }, id)
          w.record({ type: 'mail.source_read', subject: { kind: 'case', id: found.caseId } })
          return found
        },
        request.id,
      )
      return sendSource(reply, unsealMail(mailKey, raw), `message-${id}`)
    }),
    retryReceived: edge(async ({ kernel, actor, request }, { id }) => {
      const mail = await kernel.work(actor, w => retryReceived(w, id), request.id)
      nudge(mail.mailboxId)
      return mail
    }),
    acceptReceived: work((w, input) => acceptReceived(w, mailKey, input)),
    discardReceived: work((w, { id }) => discardReceived(w, id)),
    outgoing: read(outgoingMail),
    outgoingSource: edge(async ({ kernel, actor, reply }, { id }) => {
      const raw = await kernel.read(actor, reading => outgoingSource(reading, id))
      return sendSource(reply, unsealMail(mailKey, raw), `sent-${id}`)
    }),
    retryOutgoing: work((w, { id }) => retryOutgoing(w, id)),
    reconciliation: read(async reading => ({ items: await mailDays(reading) })),
  })
