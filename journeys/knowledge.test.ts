import { expect, test } from 'vitest'
import { expectAccessible, follow, phone, picture, settled, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney()

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('an article with a table and a picture is written without a mouse, given back, corrected, checked by somebody else and published', async () => {
  const writer = await pageOf('adviser')
  await writer.keyboard.press('g')
  await writer.keyboard.press('k')
  await writer.getByText('There are no articles yet').waitFor()
  await expectAccessible(writer, 'no articles')
  await picture(writer, 'knowledge-empty')
  await writer.getByRole('link', { name: 'Write an article' }).press('Enter')
  await writer.getByLabel('Title').fill('Changing the bulb of a reading lamp')
  await writer.getByLabel('In short').fill('Which bulb, and how long to wait.')
  const text = writer.getByRole('textbox', { name: 'Text', exact: true })
  await text.focus()
  await writer.keyboard.type('## Before you begin')
  await writer.keyboard.press('Enter')
  await writer.keyboard.type('Switch it off and let it cool for five minutes.')
  await writer.keyboard.press('Enter')
  await writer.getByRole('button', { name: 'Bold' }).focus()
  for (let i = 0; i < 12; i++) {
    if (
      await writer.getByRole('button', { name: 'Table', exact: true }).evaluate(one => one === document.activeElement)
    )
      break
    await writer.keyboard.press('ArrowRight')
  }
  await writer.keyboard.press('Enter')
  for (const word of ['Lamp', 'Bulb', 'Watts', 'Harbour', 'E14', '40']) {
    await writer.keyboard.type(word)
    await writer.keyboard.press('Tab')
  }
  await writer.locator('input[data-pictures]').setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: png }])
  await text.locator('img[alt=lamp]').waitFor()
  await writer.getByLabel('For', { exact: true }).selectOption('public')
  await writer.getByLabel('Kind of information').selectOption('instructive')
  await expectAccessible(writer, 'editor')
  await picture(writer, 'knowledge-editor')
  await writer.getByRole('button', { name: 'Save draft' }).click()
  await writer.getByRole('heading', { name: 'Changing the bulb of a reading lamp' }).waitFor()
  await writer.getByRole('cell', { name: 'E14' }).waitFor()
  await expectAccessible(writer, 'draft')
  await writer.getByRole('button', { name: 'Give to be checked' }).click()
  await writer.getByText('To be checked').waitFor()
  expect(await writer.getByRole('button', { name: 'Approve and publish' }).count()).toBe(0)

  const checker = await pageOf('supervisor')
  await follow(checker, '/knowledge?state=in_review')
  await checker.getByRole('link', { name: /Changing the bulb/ }).click()
  await checker.getByRole('button', { name: 'Give back' }).click()
  await checker.getByLabel('What has to be changed?').fill('Ten minutes, says the supplier.')
  await checker.getByRole('dialog').getByRole('button', { name: 'Give back' }).click()
  await checker.getByText('Ten minutes, says the supplier.').waitFor()

  await writer.reload()
  await writer.getByText('Ten minutes, says the supplier.').waitFor()
  await writer.getByRole('link', { name: 'Edit' }).click()
  await text.getByText('five').dblclick()
  await writer.keyboard.press('Control+A')
  await writer.keyboard.type('Switch it off and let it cool for ten minutes.')
  await writer.getByRole('button', { name: 'Save new version' }).click()
  await writer.getByRole('button', { name: 'Give to be checked' }).click()
  await writer.getByRole('link', { name: 'All versions' }).click()
  const changes = writer.getByRole('region', { name: 'From version 1 to version 2' })
  await changes.locator('del', { hasText: 'Before you begin' }).waitFor()
  await changes.locator('ins', { hasText: 'ten' }).first().waitFor()
  await expectAccessible(writer, 'versions')
  await picture(writer, 'knowledge-versions')

  await checker.reload()
  await checker.getByRole('button', { name: 'Approve and publish' }).click()
  await checker.getByText('Published', { exact: true }).waitFor()
  await checker.getByRole('link', { name: 'On the website' }).waitFor()
  await checker.getByRole('button', { name: 'It helped' }).click()
  await checker.getByText('helped 1').waitFor()
  await expectAccessible(checker, 'published')
  await picture(checker, 'knowledge-article')
  await writer.context().close()
  await checker.context().close()
})

test('what is looked for and not found is counted, written about or dismissed', async () => {
  const page = await pageOf('adviser')
  await follow(page, '/knowledge')
  const find = page.getByRole('searchbox', { name: 'Find an article' })
  for (const words of ['gift wrapping', 'aeroplane tickets']) {
    await find.fill(words)
    await page.getByText('No article found').waitFor()
    const noted = page.waitForResponse(answer => answer.url().endsWith('/api/articles/searches'))
    await find.press('Enter')
    await noted
  }
  await page.getByRole('link', { name: 'Missing articles' }).click()
  await page.getByText('gift wrapping').waitFor()
  await expectAccessible(page, 'gaps')
  await picture(page, 'knowledge-gaps')
  await page.getByRole('button', { name: 'Dismiss aeroplane tickets' }).click()
  await page.getByLabel('Why not?').fill('We sell lamps.')
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click()
  await page.getByText('aeroplane tickets', { exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Write about gift wrapping' }).click()
  expect(await page.getByLabel('Title').inputValue()).toBe('Gift wrapping')
  await page.getByRole('button', { name: 'Save draft' }).click()
  await page.getByRole('heading', { name: 'Gift wrapping' }).waitFor()
  await follow(page, '/knowledge/gaps')
  await page.getByText('Nothing is missing').waitFor()
  await page.getByText('Being written').click()
  await page.getByRole('link', { name: 'Gift wrapping' }).waitFor()
  await page.context().close()
})

test('the list and an article fit a telephone', async () => {
  const page = await pageOf('receptionist', phone)
  await follow(page, '/knowledge')
  await page.getByRole('link', { name: /Changing the bulb/ }).waitFor()
  await settled(page)
  await expectAccessible(page, 'list on a telephone')
  await picture(page, 'knowledge-phone')
  await page.getByRole('link', { name: /Changing the bulb/ }).click()
  await page.getByRole('heading', { name: 'Changing the bulb of a reading lamp' }).waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
  await picture(page, 'knowledge-article-phone')
  await page.context().close()
})

test('beside a case the article that fits is put into the reply by one key, as text or as a link, and by two question marks', async () => {
  const write = async (title: string, html: string) => {
    const article = await app.as('adviser')<{ id: number }>('POST', '/api/articles', {
      title,
      html,
      kind: 'instructive',
      audience: 'public',
    })
    await app.as('adviser')('POST', `/api/articles/${article.body.id}/submit`, {})
    await app.as('supervisor')('POST', `/api/articles/${article.body.id}/approve`, { publish: true })
  }
  await write('Descaling a kettle', '<h2>With vinegar</h2><p>Fill it, boil it, rinse it twice.</p>')
  await write('Returning a kettle', '<p>Within thirty days, with the receipt.</p>')
  const id = await openCase('Limescale in my kettle', { text: 'How is descaling it done?' })
  const page = await pageOf('adviser')
  await follow(page, `/cases/${id}`)
  await settled(page)
  const beside = page.locator('.rp-beside')
  await beside.getByRole('link', { name: 'Descaling a kettle' }).waitFor()
  await expectAccessible(page, 'suggestions beside a case')
  await page.keyboard.press('b')
  const reply = page.getByRole('textbox', { name: /^Reply to/ })
  await reply.getByText('Fill it, boil it, rinse it twice.').waitFor()
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('Shift+B')
  await reply.getByRole('link', { name: 'Descaling a kettle' }).waitFor()
  await beside.getByText('used here').waitFor()
  await picture(page, 'knowledge-beside')
  await reply.press('Control+End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('??retur')
  const list = page.getByRole('listbox', { name: 'Articles' })
  await list.getByRole('option', { name: /Returning a kettle.*as text/ }).waitFor()
  await picture(page, 'knowledge-trigger')
  await page.keyboard.press('Enter')
  await reply.getByText('Within thirty days, with the receipt.').waitFor()
  expect(await reply.textContent()).not.toContain('??')
  const used = await app.as('adviser')<{ items: { title: string; used: number }[] }>('GET', '/api/articles?q=kettle')
  expect(Object.fromEntries(used.body.items.map(one => [one.title, one.used]))).toEqual({
    'Descaling a kettle': 2,
    'Returning a kettle': 1,
  })
  // What nobody has written about is counted here as well.
  await page.keyboard.type(' ??warranty abroad')
  const gaps = async () =>
    (await app.as('supervisor')<{ items: { words: string }[] }>('GET', '/api/article-gaps')).body.items
  await expect.poll(async () => (await gaps()).map(one => one.words)).toContain('warranty abroad')
  await page.context().close()
})
