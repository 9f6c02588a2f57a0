import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { follow, openPage, phone, picture, signIn, startJourney } from './browser.ts'
import { addresses, idsIn } from './screens.ts'

/*
 * Every text on screen is either said by the language file or given by the server. In the pseudo-language what the
 * file says stands between ⟦ and ⟧, and what the server gave is known because the test hears its answers: whatever is
 * neither has been written into a screen. Marked `translate="no"` is what belongs to no language: names of keys, zones.
 */
const { app, browser } = await startJourney({ jobs: false, sample: true })
const walk = addresses(await idsIn(app))
const preferences = { language: 'xx', colourScheme: 'light' }
expect((await app.as('administrator')('PATCH', '/api/me', { preferences })).status).toBe(200)

/** English sentences that the server makes for programs; screens say the same from the language file. */
const forPrograms = (name: string, whole: object) => name === 'sentence' || (name === 'reason' && 'minutes' in whole)

const textsIn = (value: unknown): string[] => {
  // What was written with formatting is shown piece by piece.
  if (typeof value === 'string') return value.includes('<') ? [value, ...value.split(/<[^>]*>/)] : [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (forPrograms(name, value) ? [] : textsIn(part)))
}
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Without the signs around it that join texts. */
const bare = (text: string) => text.replace(/^[\s·:,()–—"“”#?.]+|[\s·:,()–—"“”#?.]+$/g, '')

/** Hears everything the server says to a page. */
const hearing = (page: Page) => {
  const waiting: Promise<unknown>[] = []
  // Time zones and currencies are the browser's own, and keys are called what they are called.
  const heard = new Set<string>([
    ...Intl.supportedValuesOf('timeZone'),
    ...Intl.supportedValuesOf('currency'),
    'UTC',
    'Ctrl ↵',
  ])
  page.on('response', response => {
    if (!response.headers()['content-type']?.includes('json')) return
    waiting.push(
      response
        .json()
        .then(body => {
          for (const text of textsIn(body)) heard.add(plain(text)).add(bare(plain(text)))
        })
        .catch(() => {}),
    )
  })
  return async () => {
    await Promise.all(waiting)
    return heard
  }
}

type Shown = { text: string; where: string }

/** Every text one can see, hear or point at. */
const shownOn = (page: Page): Promise<Shown[]> =>
  page.evaluate(() => {
    const found: { text: string; where: string }[] = []
    const spared = (element: Element | null) =>
      element?.closest('[translate=no], time, kbd, noscript, script, style, textarea[aria-hidden=true]') != null
    const note = (text: string | null, element: Element | null, how: string) => {
      if (!text || spared(element)) return
      const name = element
        ?.getAttribute('class')
        ?.split(' ')
        .find(one => one.startsWith('rp-'))
      found.push({ text, where: `${element?.tagName.toLowerCase()}${name ? `.${name}` : ''} ${how}` })
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      note(node.textContent, node.parentElement, 'says')
    for (const attribute of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      for (const element of document.querySelectorAll(`[${attribute}]`))
        note(element.getAttribute(attribute), element, attribute)
    for (const input of document.querySelectorAll<HTMLInputElement>(
      'input:not([type=checkbox], [type=radio], [type=hidden])',
    ))
      note(input.value, input, 'holds')
    return found
  })

/** What stands outside of every ⟦…⟧; said texts may hold others. */
const unsaid = (text: string): string => {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, '§')
  return rest === text ? rest : unsaid(rest)
}

const isData = (text: string, heard: Set<string>): boolean => {
  const part = plain(text)
  if (!/\p{L}/u.test(part) || heard.has(part)) return true
  // Long texts are shown in part, such as the first line of a message.
  return part.length > 25 && [...heard].some(one => one.includes(part))
}

/** Texts joined on screen ("help@harbour.example · 4 people") are looked at one by one. */
const foreign = (text: string, heard: Set<string>): string[] =>
  unsaid(text)
    .split('§')
    .map(bare)
    .filter(piece => !isData(piece, heard))
    .flatMap(piece => piece.split(/ · |, | \(|\) |: /))
    .filter(piece => !isData(piece, heard))

const hardCoded = async (page: Page, heard: () => Promise<Set<string>>, at: string): Promise<string[]> => {
  const shown = await shownOn(page)
  // After the look: what came in a moment before it is known then.
  const known = await heard()
  return [
    ...new Set(shown.flatMap(({ text, where }) => foreign(text, known).map(piece => `${at}: ${where} “${piece}”`))),
  ]
}

const inPseudo = async (device?: Parameters<typeof openPage>[1]) => {
  const page = await openPage(browser, device)
  const heard = hearing(page)
  await signIn(page, app, 'administrator')
  await page.locator('html[lang=en-x-pseudo]').waitFor()
  return { page, heard }
}

test('no screen says anything that is neither in the language file nor from the server', async () => {
  const { page, heard } = await inPseudo()
  const wrong: string[] = []
  for (const at of walk) {
    await follow(page, at)
    wrong.push(...(await hardCoded(page, heard, at)))
  }
  await picture(page, 'pseudo')
  expect(wrong).toEqual([])
  await page.context().close()
})

test('nor does what opens on top of them', async () => {
  const { page, heard } = await inPseudo()
  const wrong: string[] = []
  const look = async (what: string) => void wrong.push(...(await hardCoded(page, heard, what)))
  const overlay = page.locator('[role=dialog], [role=menu], [role=listbox]').locator('visible=true').first()
  const opened = async (what: string) => {
    await overlay.waitFor()
    await look(what)
    await page.keyboard.press('Escape')
    await overlay.waitFor({ state: 'detached' })
  }
  for (const [key, what] of [
    ['c', 'log'],
    ['/', 'search'],
    ['?', 'keys'],
  ] as const) {
    await page.keyboard.press(key)
    await opened(what)
  }
  const menus = [page.locator('.rp-account'), page.locator('.rp-queue-title')]
  for (const [index, menu] of menus.entries()) {
    await menu.click()
    await opened(`menu ${index}`)
  }
  await page.locator('.rp-queue-bar button[aria-haspopup=menu]').last().click()
  await page.getByRole('menuitem').nth(1).click()
  await opened('view')
  await page.locator('[data-row]').first().click()
  for (const name of ['status', 'assignee', 'team', 'kind', 'severity', 'topic', 'stage']) {
    await page.locator(`[data-name=${name}]`).click()
    await opened(`case: ${name}`)
  }
  await page.locator('article [data-heading]').focus()
  await page.keyboard.press('e')
  await opened('case: solve')
  const forms = [
    '/people',
    '/organisation/teams',
    '/organisation/hours',
    '/organisation/staff',
    '/organisation/mailboxes',
    '/organisation/fields',
    '/organisation/groups',
  ]
  for (const at of forms) {
    await follow(page, at)
    await page.locator('.rp-page-header .rp-actions button').first().click()
    await opened(`${at}: add`)
  }
  expect(wrong).toEqual([])
  await page.context().close()
})

test('nor a telephone', async () => {
  const { page, heard } = await inPseudo(phone)
  const wrong: string[] = []
  for (const at of walk.slice(0, 3)) {
    await follow(page, at)
    wrong.push(...(await hardCoded(page, heard, at)))
  }
  expect(wrong).toEqual([])
  await page.context().close()
})
