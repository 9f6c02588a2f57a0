import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { FastifyInstance } from 'fastify'
import { html } from '../../platform/http/page.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { anonymous } from '../../platform/permissions/actor.ts'
import { Refusal } from '../../platform/refusal.ts'
import { inkOn, siteByKey } from './sites.ts'

const source = (name: string): string =>
  stripTypeScriptTypes(readFileSync(new URL(`./client/${name}.ts`, import.meta.url), 'utf8'))
    .replace(/^import\s[^;]*?from '\.\/[\w-]+\.ts'$/gm, '')
    .replace(/^export (\{\}$)?/gm, '')

/**
 * A script for browsers that stands alone: its types are taken out as Node does for the program itself, and its parts
 * are joined, each after those it needs.
 */
const script = (...parts: string[]): string => `;(() => {\n${parts.map(source).join('\n')}\n})()`

const style = readFileSync(new URL('./client/frame.css', import.meta.url), 'utf8')

const shell = (key: string, colour: string): string =>
  html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>Write to us</title><link rel="stylesheet" href="/widget-frame.css"><style>:root{--colour:${colour};--ink:${inkOn(colour)}}</style></head>
<body data-key="${key}"><main id="talk"></main><noscript><p><a href="/help" target="_blank" rel="noopener">Write to us</a></p></noscript>
<script src="/widget-frame.js"></script></body></html>`.text

/**
 * The one script for other websites, and the isolated frame it opens. Only the site that was named may show the frame
 * (`frame-ancestors`), and no cookie is set or read.
 */
export const serveWidget = (app: FastifyInstance, kernel: Kernel): void => {
  const open = { config: { rateLimit: false }, schema: { hide: true } }
  const hour = 'public, max-age=3600'
  const [button, frame] = [script('button'), script('parts', 'line', 'files', 'talk', 'help', 'frame')]
  app.get('/widget.js', open, async (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', hour)
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('access-control-allow-origin', '*')
      .send(button),
  )
  app.get('/widget-frame.js', open, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', hour).send(frame),
  )
  app.get('/widget-frame.css', open, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', hour).send(style),
  )
  app.get<{ Params: { key: string } }>(
    '/widget/:key',
    { config: { rateLimit: { max: 120, timeWindow: '1 minute' } }, schema: { hide: true } },
    async (request, reply) => {
      try {
        const site = await kernel.read(anonymous, reading => siteByKey(reading, request.params.key))
        return reply
          .type('text/html; charset=utf-8')
          .removeHeader('x-frame-options')
          .header(
            'content-security-policy',
            `default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors ${site.origin}`,
          )
          .header('cross-origin-resource-policy', 'cross-origin')
          .header('cache-control', 'no-store')
          .send(shell(site.key, site.colour))
      } catch (error) {
        if (error instanceof Refusal) return reply.status(404).type('text/plain').send('There is no such site.')
        throw error
      }
    },
  )
}
