import { test } from 'vitest'
import { barriersOn, overflow, phone, picture } from './browser.ts'
import { longMs, nameOf, startWalk } from './walking.ts'

const walkThrough = await startWalk()
const narrowest = 320

test('every screen is sound on a telephone and nothing is wider than it', { timeout: longMs }, () =>
  walkThrough(phone, async (page, at) => {
    await picture(page, `phone${nameOf(at)}`)
    const barriers = await barriersOn(page)
    const wider: string[] = []
    for (const width of [narrowest, phone.width]) {
      await page.setViewportSize({ width, height: phone.height })
      const over = await overflow(page)
      if (over > 0) wider.push(`${over} pixels wider than ${width}`)
    }
    return [...barriers, ...wider]
  }),
)
