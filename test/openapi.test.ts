import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Document = {
  openapi: string
  paths: Record<
    string,
    Record<string, { operationId?: string; parameters?: { name: string; in: string }[]; responses?: object }>
  >
}

test('every operation is in the OpenAPI document, with its path parameters, and no reference leads nowhere', async () => {
  const { body } = await app.as('nobody')<Document>('GET', '/api/openapi.json')
  expect(body.openapi).toBe('3.1.0')
  const operations = app.program.started.flatMap(part => part.api ?? [])
  for (const { operation } of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    const described = body.paths[path]?.[operation.method.toLowerCase()]
    expect(described, `${operation.method} ${path}`).toBeDefined()
    for (const [, name] of operation.path.matchAll(/:(\w+)/g))
      expect(described?.parameters?.map(parameter => parameter.name)).toContain(name)
  }
  const text = JSON.stringify(body)
  for (const [, reference] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = (reference ?? '')
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/')], body)
    expect(found, reference).toBeDefined()
  }
  const ids = Object.values(body.paths)
    .flatMap(path => Object.values(path).map(operation => operation.operationId))
    .filter(Boolean)
  expect(new Set(ids).size).toBe(ids.length)
})

test('health, readiness and metrics answer without signing in', async () => {
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
  expect(await (await fetch(`${app.url}/readyz`)).json()).toMatchObject({ ok: true, database: true, migrations: true })
  expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('http_request_duration_seconds_bucket')
  expect((await fetch(`${app.url}/api/docs/`)).status).toBe(200)
})
