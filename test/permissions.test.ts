import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnyOperation } from '../src/shared/contract.ts'
import { roles, startApp, type TestApp } from './app.ts'

let app: TestApp
let operations: { name: string; operation: AnyOperation }[]
beforeAll(async () => {
  app = await startApp({ jobs: false })
  operations = app.program.started.flatMap(part => part.api ?? [])
})
afterAll(() => app.close())

const callers = ['nobody', ...roles] as const
const label = (operation: AnyOperation) => `${operation.method.padEnd(6)} ${operation.path}`
const example = (operation: AnyOperation) =>
  operation.path.replace(/:(\w+)/g, (_match: string, name: string) =>
    name === 'kind' ? 'note' : name === 'token' ? 'x.y' : '999999',
  )

/** What an answer says about permission: anything but 401 and 403 means that the door was open. */
const open = (status: number) => status !== 401 && status !== 403

const ask = async (caller: (typeof callers)[number], operation: AnyOperation): Promise<boolean> => {
  const body = operation.method === 'GET' || operation.method === 'DELETE' ? undefined : { nothing: 'known' }
  return open((await app.as(caller)(operation.method, example(operation), body)).status)
}

test('every operation lets in exactly the roles that hold its permission', async () => {
  const held = await app.program.kernel.database.owner.query<{ key: string; permissions: string[] }>(
    'select key, permissions from roles',
  )
  const permissionsOf = new Map(held.rows.map(row => [row.key, new Set(row.permissions)]))
  const lines: string[] = [`${'operation'.padEnd(56)} ${'permission'.padEnd(18)} ${callers.join(' ')}`]
  for (const { operation } of operations.toSorted((a, b) =>
    label(a.operation).slice(7).localeCompare(label(b.operation).slice(7)),
  )) {
    const cells: string[] = []
    for (const caller of callers) {
      const allowed = await ask(caller, operation)
      const expected =
        operation.permission === 'public' ||
        (caller !== 'nobody' &&
          (operation.permission === 'signed-in' || (permissionsOf.get(caller)?.has(operation.permission) ?? false)))
      expect(allowed, `${label(operation)} as ${caller}`).toBe(expected)
      cells.push((allowed ? 'yes' : '-').padEnd(caller.length))
    }
    lines.push(`${label(operation).padEnd(56)} ${operation.permission.padEnd(18)} ${cells.join(' ')}`.trimEnd())
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('permissions.matrix.txt')
})

test('an adviser of another team gets nothing of a confidential case by any door', async () => {
  const admin = app.as('line_manager')
  const opened = await admin<{ id: number }>('POST', '/api/cases', {
    subject: 'Zanzibar grievance',
    requester: { name: 'Quiet Person', email: 'quiet@example.org' },
    message: { text: 'This is about the xylophone incident.' },
    teamId: app.teamId,
    confidential: true,
  })
  expect(opened.status).toBe(201)
  const id = opened.body.id
  const form = new FormData()
  form.append('file', new Blob(['secret']), 'secret.txt')
  const uploaded = await fetch(`${app.url}/api/cases/${id}/attachments`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token('line_manager')}` },
  })
  const attachment = (await uploaded.json()) as { id: number }
  const messages = await admin<{ items: { id: number }[] }>('GET', `/api/cases/${id}/messages`)
  const messageId = messages.body.items[0]?.id ?? 0

  for (const outsider of [app.as('outsider'), app.as('adviser'), app.as('driver')]) {
    for (const { operation } of operations.filter(one =>
      /^\/api\/(cases|messages|attachments)\/:id/.test(one.operation.path),
    )) {
      const record = operation.path.startsWith('/api/messages')
        ? messageId
        : operation.path.startsWith('/api/attachments')
          ? attachment.id
          : id
      const path = operation.path.replace(':id', String(record)).replace(':kind', 'note').replace(':macroId', '1')
      const bodies: Record<string, unknown> = {
        write: { kind: 'note', text: 'x' },
        receive: { channel: 'phone', text: 'x' },
        seen: { messageId },
        presence: { doing: 'viewing' },
        follow: { following: true },
        saveDraft: { text: 'x' },
        merge: { sourceId: 1 },
        split: { messageIds: [messageId], subject: 'x' },
        link: { toId: 1 },
        snooze: { until: null },
        handOver: { note: 'x', teamId: 1 },
        skip: { reason: 'other' },
        undoChange: { version: 1 },
        useArticle: { articleId: 1, how: 'text' },
        forward: { address: 'x@example.org', text: 'x' },
        give: { act: 'refund', amount: 1, currency: 'GBP', reason: 'x' },
        markStep: { procedureId: 1, step: 'facts' },
        respond: { decision: 'upheld', reasons: 'x' },
        extend: { clock: 'x', by: 1, reason: 'x' },
        close: { as: 'withdrawn', cause: 'other' },
        refer: { reason: 'seeking_advice', toKind: 'team', toId: 1, question: 'x' },
      }
      const name = operations.find(one => one.operation === operation)?.name ?? ''
      const answer = await outsider(
        operation.method,
        path,
        operation.method === 'GET' ? undefined : (bodies[name] ?? {}),
      )
      expect(answer.status, `${operation.method} ${path}`).toBe(404)
    }
    const list = await outsider<{ items: { id: number }[] }>('GET', '/api/cases?limit=200')
    expect(list.body.items.map(item => item.id)).not.toContain(id)
    const found = await outsider<{ items: { id: number; type: string }[] }>('GET', '/api/search?q=xylophone')
    expect(found.body.items).toEqual([])
    const numbered = await outsider<{ items: { id: number; type: string }[] }>('GET', `/api/search?q=${id}`)
    expect(numbered.body.items).toEqual([])
  }
  const exported = await app.as('auditor')<string>('GET', '/api/cases/export')
  expect(exported.status).toBe(200)
  expect(String(exported.body)).not.toContain('xylophone')
  const seen = await admin<{ items: { id: number }[] }>('GET', '/api/search?q=xylophone')
  expect(seen.body.items.map(item => item.id)).toContain(id)
})

test('the live feed tells of a case only those who may see it', async () => {
  const listen = async (role: 'line_manager' | 'outsider') => {
    const heard: number[] = []
    const response = await fetch(`${app.url}/api/live`, { headers: { authorization: `Bearer ${app.token(role)}` } })
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    const reading = (async () => {
      for (;;) {
        const chunk = await reader?.read()
        if (!chunk || chunk.done) return
        for (const match of decoder.decode(chunk.value).matchAll(/"id":(\d+)\}/g)) heard.push(Number(match[1]))
      }
    })().catch(() => {})
    const end = async () => {
      await reader?.cancel()
      await reading
    }
    return { heard, end }
  }
  const [insider, outsider] = [await listen('line_manager'), await listen('outsider')]
  const open = (subject: string, confidential: boolean) =>
    app.as('line_manager')<{ id: number }>('POST', '/api/cases', {
      subject,
      requester: { name: 'Somebody' },
      message: { text: subject },
      teamId: app.teamId,
      confidential,
    })
  const secret = await open('a secret', true)
  const shared = await app.as('line_manager')<{ id: number }>('POST', '/api/cases', {
    subject: 'plain',
    requester: { name: 'Somebody' },
    message: { text: 'plain' },
  })
  await expect.poll(() => outsider.heard).toContain(shared.body.id)
  await expect.poll(() => insider.heard).toContain(secret.body.id)
  expect(outsider.heard).not.toContain(secret.body.id)
  await insider.end()
  await outsider.end()
})

test('passing a case on shows what was done with it, and nothing else of what one may not see', async () => {
  const manager = app.as('line_manager')
  const requester = { name: 'Same Person', email: 'same@example.org' }
  const secret = await manager<{ id: number }>('POST', '/api/cases', {
    subject: 'Secret of the same person',
    requester,
    message: { text: 'x' },
    teamId: app.otherTeamId,
    confidential: true,
  })
  expect(secret.status).toBe(201)
  const plain = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'Plain',
    requester,
    message: { text: 'x' },
    teamId: app.teamId,
  })
  const passed = await app.as('adviser')<{ can: string[]; team: { id: number } }>(
    'PATCH',
    `/api/cases/${plain.body.id}`,
    {
      teamId: app.otherTeamId,
    },
  )
  expect(passed.body.team.id).toBe(app.otherTeamId)
  expect(passed.body.can).not.toContain('mark_confidential')
  expect(JSON.stringify(passed.body)).not.toContain('Secret of the same person')
  expect((await app.as('adviser')('GET', `/api/cases/${plain.body.id}`)).status).toBe(404)
})
