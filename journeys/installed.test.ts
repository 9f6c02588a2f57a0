import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { picture, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const id = await openCase('The kettle leaks')
const page = await pageOf('adviser')

const reply = () => page.getByRole('textbox', { name: /^Reply to/ })
const sent = async () =>
  (
    await app.as('adviser')<{ items: { direction: string; text: string }[] }>('GET', `/api/cases/${id}/messages`)
  ).body.items.filter(one => one.direction === 'out')

test('what is sent without a network goes out once when there is one again, over a reload too', async () => {
  await page.goto(`${app.url}/cases/${id}`)
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  await page.context().setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await reply().fill('We send you a new one.')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Goes out when the network is back').waitFor()
  expect((await reply().innerText()).trim()).toBe('')
  await picture(page, 'held')
  await page.getByRole('button', { name: 'Take back' }).click()
  await expect.poll(() => reply().innerText()).toContain('We send you a new one.')
  await reply().press('Control+Enter')
  await page.getByText('Goes out when the network is back').waitFor()
  await page.context().setOffline(false)
  await expect
    .poll(async () => (await sent()).map(one => one.text), { timeout: 20_000 })
    .toEqual(['We send you a new one.'])
  await page.getByText('Goes out when the network is back').waitFor({ state: 'detached' })
})

test('the program can be installed: a manifest with icons that are there', async () => {
  const manifest = (await (await fetch(`${app.url}/app.webmanifest`)).json()) as {
    display: string
    icons: { src: string; purpose: string }[]
  }
  expect(manifest.display).toBe('standalone')
  expect(manifest.icons.map(icon => icon.purpose)).toContain('maskable')
  for (const { src } of manifest.icons) {
    const icon = await fetch(`${app.url}${src}`)
    expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png'])
  }
  const worker = await fetch(`${app.url}/sw.js`)
  expect(worker.headers.get('cache-control')).toBe('no-cache')
})

test('the shell is kept on the device and opens without a network; answers of the server are not kept', async () => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await page.reload()
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  const kept = await page.evaluate(async () => {
    const names = await caches.keys()
    const all = await Promise.all(
      names.map(async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)),
    )
    return all.flat()
  })
  expect(kept).toContain('/')
  expect(kept.filter(path => path.startsWith('/api'))).toEqual([])
  await page.context().setOffline(true)
  await page.reload()
  await page.getByText('Rapport cannot be reached').waitFor()
  await picture(page, 'shell-offline')
  await page.context().setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
})

test('a new version is offered and loaded when one says so', async () => {
  const path = join(import.meta.dirname, '..', 'dist', 'ui', 'sw.js')
  const before = readFileSync(path, 'utf8')
  try {
    writeFileSync(path, `${before}\n// a newer build\n`)
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
    await page.getByText('A new version is ready.').waitFor()
    await picture(page, 'update')
    const loaded = page.waitForEvent('load')
    await page.getByRole('button', { name: 'Load it' }).click()
    await loaded
    await page.getByRole('article', { name: 'Message from Ann Miller' }).waitFor()
  } finally {
    writeFileSync(path, before)
  }
})
