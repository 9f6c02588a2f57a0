import { expect, test } from 'vitest'
import { expectAccessible, openPage, overflow, picture, startJourney } from './browser.ts'
import { startShop } from './shop.ts'

const { app, browser } = await startJourney()
const shop = await startShop(app)

const publish = async (title: string, html: string, more: object = {}) => {
  const asked = { title, html, kind: 'instructive', audience: 'public', ...more }
  const { body } = await app.as('adviser')<{ id: number }>('POST', '/api/articles', asked)
  await app.as('adviser')('POST', `/api/articles/${body.id}/submit`, {})
  await app.as('supervisor')('POST', `/api/articles/${body.id}/approve`, { publish: true })
  return body.id
}
const helped = async (id: number) =>
  (await app.as('adviser')<{ helped: number; notHelped: number }>('GET', `/api/articles/${id}`)).body

const table =
  '<table><tbody><tr><th>Lamp</th><th>Bulb</th></tr><tr><td>Harbour</td><td>E14, 40 watts</td></tr></tbody></table>'

test('without a script, on a narrow screen, a reader finds an article, reads it, says that it helped, and can write all the same', async () => {
  const topic = (await app.as('adviser')<{ items: { id: number; name: string }[] }>('GET', '/api/article-topics')).body
    .items[0]
  const id = await publish('Changing the bulb of a reading lamp', `<h2>First</h2><p>Let it cool.</p>${table}`, {
    summary: 'Which bulb, and how long to wait.',
    topicIds: [topic?.id],
  })
  await publish('Wie man die Birne wechselt', '<p>Abkühlen lassen.</p>', { language: 'de', translationOf: id })
  const narrow = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } })
  const page = await narrow.newPage()
  await page.goto(`${app.url}/help`)
  await page.getByRole('link', { name: 'Help articles' }).click()
  await page.getByRole('heading', { name: 'Help', exact: true }).waitFor()
  await picture(page, 'help-front')
  await page.getByLabel('What do you need help with?').fill('readnig lamp')
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: /Changing the bulb/ }).click()
  await page.getByRole('cell', { name: 'E14, 40 watts' }).waitFor()
  await picture(page, 'help-article')
  await page.getByRole('button', { name: 'Yes' }).click()
  await page.getByText('Thank you. That tells us').waitFor()
  expect(await helped(id)).toMatchObject({ helped: 1, notHelped: 0 })
  await page.getByRole('link', { name: 'Deutsch' }).click()
  await page.getByRole('heading', { name: 'Wie man die Birne wechselt' }).waitFor()
  await page.goto(`${app.url}/help/articles`)
  await page.getByRole('link', { name: new RegExp(topic?.name ?? '') }).click()
  await page.getByRole('heading', { name: topic?.name ?? '' }).waitFor()
  await page.getByRole('link', { name: 'Write to us' }).last().click()
  await page.getByLabel('Your name').waitFor()
  expect(await page.context().cookies()).toEqual([])
  await page.context().close()
})

test('the pages of the help centre have no barriers, in light and in dark, on screen and on paper', async () => {
  const id = await publish('Warm lamps', `<p>They get <strong>hot</strong>.</p>${table}`, { kind: 'safety' })
  for (const look of ['light', 'dark'] as const) {
    const page = await openPage(browser, { width: 1024, height: 800, dark: look === 'dark' })
    for (const path of ['', '/search?q=lamp', '/search?q=zzzz', `/${id}`, '/999999']) {
      await page.goto(`${app.url}/help/articles${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(page, `${look} ${path}`)
    }
    await page.goto(`${app.url}/help/articles/${id}`)
    await picture(page, `help-article-${look}`)
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('link', { name: 'Help articles' }).first().isVisible()).toBe(false)
    expect(await page.getByText('They get').isVisible()).toBe(true)
    await page.context().close()
  }
})

test('in the window of a website a visitor looks for help first, reads it there, and writes when that is not enough', async () => {
  const id = await publish('Dimming a lamp', '<h2>By hand</h2><p>Turn the wheel to the left.</p>')
  const visitor = await openPage(browser)
  await visitor.goto(shop.origin)
  await visitor.getByRole('button', { name: 'Write to us' }).click()
  const frame = visitor.frameLocator('iframe')
  await frame.getByLabel('What do you need help with?').fill('dimming')
  await picture(visitor, 'widget-help')
  await frame.getByRole('button', { name: 'Search' }).click()
  await frame.getByRole('button', { name: 'Dimming a lamp' }).click()
  await frame.getByText('Turn the wheel to the left.').waitFor()
  await picture(visitor, 'widget-help-article')
  const inside = visitor.frames().find(one => one.url().includes('/widget/'))
  await frame.getByRole('button', { name: 'Yes' }).click()
  await frame.getByText('Thank you for telling us.').waitFor()
  expect(await helped(id)).toMatchObject({ helped: 1 })
  await frame.getByRole('button', { name: 'Back' }).click()
  expect(await frame.getByLabel('What do you need help with?').inputValue()).toBe('dimming')
  await frame.getByLabel('What do you need help with?').fill('teleporting lamps')
  await frame.getByLabel('What do you need help with?').press('Enter')
  await frame.getByText('Nothing was found for “teleporting lamps”.').waitFor()
  await frame.getByRole('button', { name: 'Write to us' }).click()
  await frame.getByLabel('Your message').fill('How do I teleport a lamp?')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('How do I teleport a lamp?').waitFor()
  const missing = await app.as('adviser')<{ items: { words: string; publicTimes: number }[] }>(
    'GET',
    '/api/article-gaps',
  )
  expect(missing.body.items).toContainEqual(expect.objectContaining({ words: 'teleporting lamps', publicTimes: 1 }))
  expect(inside).toBeDefined()
  expect(await visitor.context().cookies()).toEqual([])
  await visitor.context().close()
  await shop.close()
})
