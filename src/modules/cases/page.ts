import type { FastifyInstance } from 'fastify'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { cleanText } from '../../platform/text/clean.ts'
import { redactText } from '../../platform/text/redact.ts'
import { answerCheck, closingCheck, customerOf } from './closing.ts'

const escaped = (text: string): string => text.replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)

const layout = (title: string, body: string): string => `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>
:root{color-scheme:light dark}*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.55 system-ui,sans-serif;background:Canvas;color:CanvasText}
main{max-width:34rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}p{margin:.5rem 0 1rem}
fieldset{border:0;padding:0;margin:0 0 1rem}legend{font-weight:600;padding:0;margin-bottom:.5rem}
label.choice{display:flex;gap:.75rem;align-items:center;min-height:3rem;padding:.5rem 1rem;border:1px solid GrayText;border-radius:.625rem;margin-bottom:.5rem;cursor:pointer}
label.choice:has(:checked){outline:2px solid #1f6f8b;border-color:#1f6f8b}input[type=radio]{width:1.25rem;height:1.25rem;accent-color:#1f6f8b}
textarea{width:100%;min-height:6rem;font:inherit;padding:.75rem;border:1px solid GrayText;border-radius:.625rem;background:Field;color:FieldText}
button{font:inherit;font-weight:600;min-height:3rem;padding:.5rem 1.5rem;border:0;border-radius:.625rem;background:#1b5e76;color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #1f6f8b;outline-offset:2px}.from{color:light-dark(#595959,#b4b4b4);font-size:.9375rem}
</style></head><body><main>${body}</main></body></html>`

const question = (organisation: string, subject: string, chosen: string | null): string =>
  layout(
    `Was your need met? ${organisation}`,
    `<p class="from">${escaped(organisation)}</p><h1>Was your need met?</h1><p>You wrote to us about “${escaped(subject)}”.</p>
<form method="post"><fieldset><legend>Your answer</legend>
${[
  ['yes', 'Yes, all is well'],
  ['partly', 'Partly: something is still open'],
  ['no', 'No, please look at it again'],
]
  .map(
    ([value, words]) =>
      `<label class="choice"><input type="radio" name="met" value="${value}" required${chosen === value ? ' checked' : ''}> ${words}</label>`,
  )
  .join('\n')}
</fieldset><p><label for="remark">Anything you would like to add? (optional)</label></p>
<p><textarea id="remark" name="remark" maxlength="4000"></textarea></p><button type="submit">Send answer</button></form>`,
  )

const thanks = (met: string): string =>
  layout(
    'Thank you',
    met === 'yes'
      ? '<h1>Thank you</h1><p>We are glad it worked out.</p>'
      : '<h1>Thank you for telling us</h1><p>Your case is open again and somebody will look at it.</p>',
  )

const unknown = layout(
  'Link not valid',
  '<h1>This link is not valid</h1><p>It may have expired. Please answer our last message, or write to us again.</p>',
)

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
        return thanks(met)
      } catch (error) {
        if (error instanceof Refusal) return reply.status(404).send(unknown)
        throw error
      }
    },
  )
}
