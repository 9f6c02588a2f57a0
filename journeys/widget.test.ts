import { afterAll, expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { openPage, picture, settled, startJourney } from './browser.ts'
import { startShop } from './shop.ts'

const { app, browser, pageOf } = await startJourney()
const { origin, close } = await startShop(app)
afterAll(close)

test('a visitor of another website writes, is answered live, keeps the conversation over a reload, and gets the rest by mail', async () => {
  const visitor = await openPage(browser)
  await visitor.goto(origin)
  await visitor.getByRole('button', { name: 'Write to us' }).click()
  const frame = visitor.frameLocator('iframe')
  await frame.getByText('Ask us about lamps.').waitFor()
  await picture(visitor, 'widget-form')
  await frame.getByLabel('Your message').fill('Do you have blue ones?')
  await frame.getByLabel('Your e-mail').fill('xenia@example.org')
  await frame.getByRole('button', { name: 'Send' }).click()
  await frame.getByRole('log').getByText('Do you have blue ones?').waitFor()
  expect(await visitor.context().cookies()).toEqual([])

  const desk = await pageOf('adviser')
  const { items } = (await app.as('adviser')<{ items: { id: number; channel: string }[] }>('GET', '/api/cases?limit=1'))
    .body
  expect(items[0]?.channel).toBe('chat')
  await desk.goto(`${app.url}/cases/${items[0]?.id}`)
  await settled(desk)
  await app.as('adviser')('POST', `/api/cases/${items[0]?.id}/messages`, { kind: 'reply', text: 'Yes, two kinds.' })
  await frame.getByRole('log').getByText('Yes, two kinds.').waitFor()
  await picture(visitor, 'widget-talk')

  await visitor.reload()
  await visitor.getByRole('button', { name: 'Write to us' }).click()
  await frame.getByRole('log').getByText('Yes, two kinds.').waitFor()
  await frame.getByLabel('Your message').fill('Which one is darker?')
  await frame.getByLabel('Your message').press('Enter')
  await desk.getByText('Which one is darker?').waitFor()
  await visitor.context().close()

  await app.program.kernel.database.owner.query(`update widget_talks set seen_at = now() - interval '5 minutes'`)
  await app.as('adviser')('POST', `/api/cases/${items[0]?.id}/messages`, { kind: 'reply', text: 'The navy one.' })
  await eventually(async () => {
    const mails = await app.as('administrator')<{ items: { kind: string; recipients: string[] }[] }>(
      'GET',
      '/api/mail/outgoing?limit=20',
    )
    return mails.body.items.some(one => one.kind === 'reply' && one.recipients.includes('xenia@example.org'))
  })
  await desk.context().close()
})

test('a site that was not named cannot show the window', async () => {
  const page = await openPage(browser)
  const { body } = await app.as('administrator')<{ key: string }>('POST', '/api/widget-sites', {
    name: 'Elsewhere',
    origin: 'https://elsewhere.example',
  })
  const refused: string[] = []
  page.on('console', message => refused.push(message.text()))
  await page.goto(origin)
  await page.evaluate(address => {
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
  }, `${app.url}/widget/${body.key}`)
  await expect.poll(() => refused.join(' ')).toContain('frame-ancestors')
  await page.context().close()
})
