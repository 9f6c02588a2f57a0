import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '../app.ts'

const promtool = '/usr/bin/promtool'
const available = existsSync(promtool)
if (!available) console.log('Left out: rules and metrics are checked by promtool from Debian’s package prometheus.')

const deploy = new URL('../../deploy/', import.meta.url)
const text = (name: string) => readFileSync(new URL(name, deploy), 'utf8')

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const metrics = async () => (await fetch(`${app.url}/metrics`)).text()

describe.skipIf(!available)('promtool', () => {
  test('takes the alert rules', () => {
    const checked = spawnSync(promtool, ['check', 'rules', fileURLToPath(new URL('alerts.yml', deploy))], {
      encoding: 'utf8',
    })
    expect(`${checked.stdout}${checked.stderr}`).toContain('SUCCESS')
    expect(checked.status).toBe(0)
  })

  test('takes the metrics', async () => {
    await fetch(`${app.url}/healthz`)
    const checked = spawnSync(promtool, ['check', 'metrics'], { input: await metrics(), encoding: 'utf8' })
    expect(`${checked.stdout}${checked.stderr}`.trim()).toBe('')
    expect(checked.status).toBe(0)
  })
})

test('every figure that a rule or the dashboard asks for is there', async () => {
  await fetch(`${app.url}/healthz`)
  const given = await metrics()
  const asked = [
    ...`${text('alerts.yml')} ${text('grafana-dashboard.json')}`.matchAll(
      /\b((?:rapport|http|process|nodejs)_[a-z0-9_]+)/g,
    ),
  ].map(match => (match[1] as string).replace(/_(bucket|count)$/, ''))
  for (const name of new Set(asked)) expect(given, name).toContain(`# TYPE ${name}`)
})
