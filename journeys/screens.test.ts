import { test } from 'vitest'
import { barriersOn, desk, picture } from './browser.ts'
import { longMs, nameOf, startWalk } from './walking.ts'

const walkThrough = await startWalk()

test('every screen is sound on a desk, in light colours and in dark ones', { timeout: longMs }, () =>
  walkThrough(desk, async (page, at) => {
    await picture(page, `light${nameOf(at)}`)
    const light = await barriersOn(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
    await picture(page, `dark${nameOf(at)}`)
    const dark = await barriersOn(page, 'color-contrast')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.locator('html[data-mantine-color-scheme=light]').waitFor()
    return [...light, ...dark.map(one => `in the dark, ${one}`)]
  }),
)
