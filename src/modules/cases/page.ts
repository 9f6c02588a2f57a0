import type { FastifyInstance } from 'fastify'
import { html, publicPage } from '../../platform/http/page.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { redactText } from '../../platform/text/redact.ts'
import { answerCheck, closingCheck, customerOf } from './closing.ts'

const question = (organisation: string, subject: string, chosen: string | null): string =>
  publicPage({
    organisation,
    title: 'Was your need met?',
    body: html`<h1>Was your need met?</h1><p>You wrote to us about “${subject}”.</p>
<form method="post"><fieldset><legend>Your answer</legend>${answers.map(
      ([value, words]) =>
        html`<label class="choice"><input type="radio" name="met" value="${value}" required${chosen === value && html` checked`}> ${words}</label>`,
    )}</fieldset><label for="remark">Anything you would like to add? (optional)</label>
<textarea id="remark" name="remark" maxlength="4000"></textarea><div class="row"><button type="submit">Send answer</button></div></form>`,
  })

const answers = [
  ['yes', 'Yes, all is well'],
  ['partly', 'Partly: something is still open'],
  ['no', 'No, please look at it again'],
] as const

const thanks = (organisation: string, met: string): string =>
  publicPage({
    organisation,
    title: 'Thank you',
    body:
      met === 'yes'
        ? html`<h1>Thank you</h1><p>We are glad it worked out.</p>`
        : html`<h1>Thank you for telling us</h1><p>Your case is open again and somebody will look at it.</p>`,
  })

const unknown = publicPage({
  organisation: 'Rapport',
  title: 'Link not valid',
  body: html`<h1>This link is not valid</h1><p>It may have expired. Please answer our last message, or write to us again.</p>`,
})

/** The page behind the link in the mail. Opening it records nothing, because mail scanners open every link. */
export const serveClosingCheck = (app: FastifyInstance, kernel: Kernel, key: Buffer): void => {
  const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } as object }
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 20_000 },
    async (_request: unknown, body: string | Buffer) => Object.fromEntries(new URLSearchParams(String(body))),
  )
  app.get<{ Params: { token: string } }>('/c/:token', limited, async (request, reply) => {
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'no-referrer')
    try {
      const check = await kernel.read(anonymous, reading => closingCheck(reading, key, request.params.token))
      return question(check.organisation, check.subject, check.answered)
    } catch (error) {
      if (error instanceof Refusal) return reply.status(404).send(unknown)
      throw error
    }
  })
  app.post<{ Params: { token: string }; Body: { met?: string; remark?: string } }>(
    '/c/:token',
    limited,
    async (request, reply) => {
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store')
      const met = request.body?.met
      if (met !== 'yes' && met !== 'partly' && met !== 'no')
        return reply.redirect(`/c/${encodeURIComponent(request.params.token)}`, 303)
      try {
        const customer = await kernel.read(anonymous, reading => customerOf(reading, key, request.params.token))
        const remark = redactText(cleanText(String(request.body.remark ?? '').slice(0, 4000))).text
        await kernel.work(
          customer,
          work => answerCheck(work, key, { token: request.params.token, met, remark }),
          request.id,
        )
        const { organisation } = await kernel.read(anonymous, reading =>
          closingCheck(reading, key, request.params.token),
        )
        return thanks(organisation, met)
      } catch (error) {
        if (error instanceof Refusal) return reply.status(404).send(unknown)
        throw error
      }
    },
  )
}
