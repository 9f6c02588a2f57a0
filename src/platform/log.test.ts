import { Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { operation, personal } from '../shared/contract.ts'
import { api, edge } from './http/api.ts'
import { serveOperations } from './http/routes.ts'
import { makeServer } from './http/server.ts'
import type { Kernel } from './kernel.ts'
import { errorWithout, makeLog } from './log.ts'
import { anonymous } from './permissions/actor.ts'

test('what somebody sent in a personal field is not in the log, however the fault quotes it', async () => {
  let lines = ''
  const keep = new Writable({
    write: (chunk, _encoding, done) => {
      lines += chunk
      done()
    },
  })
  const log = makeLog('debug', keep)
  const app = await makeServer({ log, trustProxy: false, secure: false, version: '0', uiFolder: '/nowhere' })
  const name = personal(z.string())
  const add = operation({
    method: 'POST',
    path: '/api/add',
    permission: 'public',
    summary: '',
    input: z.object({ name, password: z.string(), text: personal(z.string()), kind: z.string() }),
    output: z.object({}),
  })
  const get = operation({
    method: 'GET',
    path: '/api/get',
    permission: 'public',
    summary: '',
    input: z.object({}),
    output: z.object({ name: name.refine(() => false, { error: issue => `no ${String(issue.input)}` }) }),
  })
  serveOperations(
    app,
    { kernel: {} as Kernel, actorOf: async () => anonymous },
    api(
      { add, get },
      {
        add: edge(async (_edge, input) => {
          throw new Error(
            `${input.kind} of ANN MILLER (ann@example.org) failed: "${input.password}" and "${input.text.slice(5, 60)}…"`,
          )
        }),
        get: edge(async () => ({ name: 'Bob Builder' })),
      },
    ),
  )
  const text = 'I have waited for my kettle since Tuesday and it makes me very unhappy indeed.'
  const payload = { name: 'Ann Miller', password: 'hunter2hunter2', text, kind: 'Storage' }
  const answer = await app.inject({ method: 'POST', url: '/api/add', payload })
  expect(answer.statusCode).toBe(500)
  expect((await app.inject({ method: 'GET', url: '/api/get' })).statusCode).toBe(500)
  await app.close()
  expect(lines).toContain('Storage of [personal] ([address]) failed')
  for (const secret of ['MILLER', 'ann@example', 'hunter2', 'kettle since', 'unhappy', 'Builder'])
    expect(lines).not.toContain(secret)
  expect(lines).toMatch(/log\.test\.ts/)
})

test('only whole words are taken out, so that a short name does not hide what went wrong', () => {
  const plain = errorWithout(new Error('Ann cannot plan: Ann-Marie, ann'), ['Ann'])
  expect(plain.message).toBe('[personal] cannot plan: [personal]-Marie, [personal]')
})

test('no piece of sixteen characters of a long text stays', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 40, maxLength: 200 }), fc.nat(30), fc.string(), (text, from, around) => {
      const { message } = errorWithout(new Error(`${around}${text.slice(from)}`), [text])
      const lower = text.trim().toLowerCase()
      for (let at = 0; at + 16 <= lower.length; at++)
        if (message.toLowerCase().includes(lower.slice(at, at + 16)))
          expect('[personal]'.repeat(5)).toContain(lower.slice(at, at + 16))
    }),
  )
})

test('an error of several lines, or one that quotes a value the database could not read, leaves only what is no secret', () => {
  const answer = new Error('550 5.1.1 no such user\n550 5.1.1 Ann Miller moved to 12 Harbour Lane\n    at nobody')
  const { message, stack } = errorWithout(answer, [])
  expect(stack).not.toContain('Harbour Lane')
  expect(stack).toMatch(/log\.test\.ts/)
  expect(message).toContain('550')
  const unread = Object.assign(new Error('invalid input syntax for type bigint: "Ann "Miller""'), { code: '22P02' })
  expect(errorWithout(unread, []).message).toBe('invalid input syntax for type bigint: "[value]"')
})

test('a request that takes long is a line of its own with its id, and nothing of what was asked', async () => {
  const said: string[] = []
  const log = makeLog('info', { write: line => void said.push(line) })
  const app = await makeServer({ log, trustProxy: false, secure: false, version: '0', uiFolder: '/nowhere' })
  app.get('/slow', { schema: {} }, () => new Promise(done => setTimeout(() => done({}), 2100)))
  app.get('/fast', { schema: {} }, async () => ({}))
  await app.inject({ method: 'GET', url: '/slow?q=Ann%20Miller' })
  await app.inject({ method: 'GET', url: '/fast?q=Ann%20Miller' })
  await app.close()
  const [line, ...more] = said
  expect(JSON.parse(line ?? '')).toMatchObject({ msg: 'slow request', method: 'GET', route: '/slow', status: 200 })
  expect(JSON.parse(line ?? '').requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(more).toEqual([])
  expect(line).not.toContain('Miller')
})
