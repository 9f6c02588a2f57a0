import { createHash, randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { freePort, type TestApp } from '../test/app.ts'
import { cloneDatabase } from '../test/database.ts'
import { startFresh } from './fresh.ts'
import { startShop } from './shop.ts'

/** A page for somebody who is not signed in to the program: how it is opened in a browser. */
export type Door = { name: string; open(page: Page): Promise<void> }

type Opened = { doors: Door[]; close(): Promise<void> }

/** A customer's session of the portal, as the code that comes by mail would open one. */
const visitAs = async (app: TestApp, personId: number): Promise<string> => {
  const session = randomBytes(32).toString('base64url')
  await app.program.kernel.database.owner.query(
    `insert into portal_sessions (sha256, person_id, created_at, expires_at) values ($1, $2, now(), now() + interval '1 day')`,
    [createHash('sha256').update(session).digest('hex'), personId],
  )
  return session
}

/** A page of the portal: plain HTML, there as soon as it is read. */
const plain = (app: TestApp, name: string, path: string, session = ''): Door => ({
  name: `portal-${name}`,
  open: async page => {
    if (session) await page.context().addCookies([{ name: 'rapport_portal', value: session, url: `${app.url}/help` }])
    else await page.context().clearCookies()
    await page.goto(`${app.url}${path}`)
  },
})

/** An installation that nobody has set up. */
const unopened = async (): Promise<Opened> => {
  const { url, drop } = await cloneDatabase()
  const fresh = await startFresh(url, await freePort(), false)
  const open = async (page: Page) => {
    await page.goto(`${fresh.url}/setup`)
    await page.locator('h1').waitFor()
  }
  const close = async () => {
    await fresh.close()
    await drop()
  }
  return { doors: [{ name: 'setup', open }], close }
}

/** Somebody else's website with our window in it, before and after the first word. */
const shop = async (app: TestApp): Promise<Opened> => {
  const { origin, close } = await startShop(app)
  const open = async (page: Page) => {
    await page.goto(origin)
    await page.getByRole('button', { name: 'Write to us' }).click()
    await page.frameLocator('iframe').getByText('Ask us about lamps.').waitFor()
  }
  const talk = async (page: Page) => {
    await open(page)
    const frame = page.frameLocator('iframe')
    await frame.getByLabel('Your message').fill('Do you have blue ones?')
    await frame.getByLabel('Your e-mail').fill('xenia@example.org')
    await frame.getByRole('button', { name: 'Send' }).click()
    await frame.getByRole('log').getByText('Do you have blue ones?').waitFor()
  }
  const doors = [
    { name: 'widget', open },
    { name: 'widget-talk', open: talk },
  ]
  return { doors, close }
}

/** Every page for customers and for those who are still to sign in. */
export const openDoors = async (app: TestApp, ids: { case: number; person: number }): Promise<Opened> => {
  const [setUp, website] = [await unopened(), await shop(app)]
  const session = await visitAs(app, ids.person)
  const signIn = async (page: Page) => {
    await page.goto(`${app.url}/sign-in`)
    await page.getByLabel('E-mail').waitFor()
  }
  const doors = [
    { name: 'sign-in', open: signIn },
    ...setUp.doors,
    plain(app, 'form', '/help'),
    plain(app, 'sign-in', '/help/sign-in'),
    plain(app, 'cases', '/help/cases', session),
    plain(app, 'case', `/help/cases/${ids.case}`, session),
    plain(app, 'gone', '/help/cases/999999', session),
    ...website.doors,
  ]
  const close = async () => {
    await setUp.close()
    await website.close()
  }
  return { doors, close }
}
