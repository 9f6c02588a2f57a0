import { expect, test } from 'vitest'
import { expectAccessible, phone, picture, startJourney } from './browser.ts'

const { app, pageOf, openCase } = await startJourney({ jobs: false })
const page = await pageOf('adviser')

type Message = {
  id: number
  direction: string
  text: string
  html: string | null
  delivery: string | null
  conversationId: number
  copiedIds: number[] | null
  attachments: { name: string; inline: boolean }[]
}
const adviser = () => app.as('adviser')
const go = async (id: number, where = page) => {
  await where.goto(`${app.url}/cases/${id}`)
  await where
    .getByRole('article', { name: /^Message from/ })
    .first()
    .waitFor()
}
const reply = (where = page) => where.getByRole('textbox', { name: /^Reply to/ })
const note = (where = page) => where.getByRole('textbox', { name: /^Note for colleagues/ })
const sentIn = async (id: number, direction = 'out') =>
  (await adviser()<{ items: Message[] }>('GET', `/api/cases/${id}/messages`)).body.items.filter(
    one => one.direction === direction,
  )
const sent = (id: number, direction = 'out') => expect.poll(async () => (await sentIn(id, direction)).at(-1))

test('formatting goes by signs, by keys and by buttons, and the reply shows it', async () => {
  const id = await openCase('The kettle leaks')
  await go(id)
  await page.keyboard.press('r')
  await reply().and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Please **pack** it:')
  await page.keyboard.press('Enter')
  await page.keyboard.type('- the kettle')
  await page.keyboard.press('Enter')
  await page.keyboard.type('the lid')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Return by ')
  await page.keyboard.press('Control+b')
  await page.keyboard.type('Friday')
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Control+Shift+L')
  await page.getByLabel('Address of the link').fill('trial.test/return')
  await page.keyboard.press('Enter')
  await expect.poll(() => reply().innerHTML()).toContain('href="https://trial.test/return"')
  await picture(page, 'rich-reply')
  await expectAccessible(page, 'rich reply')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Control+Enter').catch(() => {})
  await reply().press('Control+Enter')
  await sent(id).toMatchObject({ text: expect.stringContaining('* the kettle') })
  const [message] = await sentIn(id)
  expect(message?.html).toContain('<strong>pack</strong>')
  expect(message?.html).toContain('<strong>Friday</strong>')
  const shown = page.getByRole('article', { name: 'Reply by Some adviser' })
  await shown.locator('strong', { hasText: 'pack' }).waitFor()
  expect(await shown.locator('li').count()).toBe(2)
  await picture(page, 'rich-sent')
  expect((await reply().innerText()).trim()).toBe('')
})

test('a draft keeps its formatting over a reload, and an earlier version can be put back', async () => {
  const id = await openCase('The lamp flickers')
  await go(id)
  await reply().click()
  await page.keyboard.type('We are **very** sorry for the trouble. '.repeat(3))
  await page.getByText('Draft saved').waitFor()
  await page.reload()
  await reply().locator('strong').first().waitFor()
  await reply().press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.type('Oh.')
  await page.getByText('Draft saved').waitFor()
  await page.getByRole('button', { name: 'Earlier versions' }).click()
  await page
    .getByRole('menuitem', { name: /We are very sorry/ })
    .first()
    .waitFor()
  await picture(page, 'draft-versions')
  await page
    .getByRole('menuitem', { name: /We are very sorry/ })
    .first()
    .click()
  await expect.poll(() => reply().innerText()).toContain('We are very sorry for the trouble.')
  await reply().locator('strong').first().waitFor()
})

/** Puts a picture as photographs are, large and hard to compress, into the text or among the files. */
const givePhotograph = (how: 'paste' | 'choose', name: string) =>
  page.evaluate(
    async ([way, called]) => {
      const draw = (side: number) => {
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = side
        return { canvas, pen: canvas.getContext('2d') as CanvasRenderingContext2D }
      }
      const grain = draw(750)
      const dots = grain.pen.createImageData(750, 750)
      for (let i = 0; i < dots.data.length; i++) dots.data[i] = i % 4 === 3 ? 255 : Math.random() * 255
      grain.pen.putImageData(dots, 0, 0)
      const { canvas, pen } = draw(3000)
      pen.drawImage(grain.canvas, 0, 0, 3000, 3000)
      const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, 'image/png'))
      if (!blob) return
      const data = new DataTransfer()
      data.items.add(new File([blob], called, { type: 'image/png' }))
      const given = { clipboardData: data, bubbles: true, cancelable: true }
      if (way === 'paste') return void document.activeElement?.dispatchEvent(new ClipboardEvent('paste', given))
      const input = document.querySelector<HTMLInputElement>('input[type=file]')
      if (input) input.files = data.files
      input?.dispatchEvent(new Event('change', { bubbles: true }))
    },
    [how, name] as const,
  )

test('a picture is made smaller, shown with its size before it goes, and stands in the text where it was let go', async () => {
  const id = await openCase('The cup is cracked')
  await go(id)
  await reply().click()
  await page.keyboard.type('See here: ')
  await givePhotograph('paste', 'crack.png')
  const inText = reply().locator('img[alt="crack"]')
  await inText.waitFor()
  await picture(page, 'picture-in-text')
  expect(await inText.evaluate(img => (img as HTMLImageElement).naturalWidth || 2560)).toBeLessThanOrEqual(2560)
  await givePhotograph('choose', 'large.png')
  await page.getByText(/ made /).waitFor()
  await picture(page, 'picture-beside')
  await reply().press('Control+Enter')
  await sent(id).toMatchObject({ attachments: [{ inline: true }, { inline: false }] })
  const shown = page.getByRole('article', { name: 'Reply by Some adviser' })
  await shown.locator('.rp-rich img').waitFor()
  await shown.getByRole('button', { name: /large/ }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Download' }).waitFor()
  await page.keyboard.press('Escape')
})

test('a picture bomb is refused by its header, and 5 MB of text become a file', async () => {
  const id = await openCase('The film is blurred')
  await go(id)
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200009c4000009c400802000000', 'hex')
  await page.locator('input[type=file]').setInputFiles({ name: 'bomb.png', mimeType: 'image/png', buffer: head })
  await page.getByText('More than 50 megapixels: make it smaller first').waitFor()
  await page.getByRole('button', { name: 'Remove bomb.png' }).click()
  await reply().click()
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'All work and no play. '.repeat(240_000))
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  await page.getByText('That is too much text for a message.').waitFor()
  await page.getByText('pasted text.txt').waitFor()
  expect((await reply().innerText()).trim()).toBe('')
})

test('lists open while one writes: colleagues and teams in a note, cases, and Escape closes only them', async () => {
  const id = await openCase('The clock is slow')
  await go(id)
  await page.keyboard.press('n')
  await note().and(page.locator(':focus')).waitFor()
  await page.keyboard.type('Please look, @super')
  const list = page.getByRole('listbox', { name: 'Colleagues and teams' })
  await list.getByRole('option', { name: 'Some supervisor' }).waitFor()
  expect(await note().getAttribute('aria-activedescendant')).toBeTruthy()
  await picture(page, 'mention-list')
  await expectAccessible(page, 'list in the text')
  await page.keyboard.press('Enter')
  await page.getByText('Some supervisor will be told.').waitFor()
  await page.keyboard.type('as in #kettle')
  await page
    .getByRole('listbox', { name: 'Cases' })
    .getByRole('option', { name: /The kettle leaks/ })
    .waitFor()
  await page.keyboard.press('Escape')
  await note().and(page.locator(':focus')).waitFor()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('e')
  await page.getByRole('listbox', { name: 'Cases' }).getByRole('option').first().click()
  await page.keyboard.press('Control+Enter')
  await sent(id, 'note').toMatchObject({ text: expect.stringMatching(/@Some supervisor as in #\d+/) })
  await page
    .getByRole('article', { name: 'Note by Some adviser' })
    .getByRole('link', { name: /^#\d+$/ })
    .waitFor()
})

test('a slash offers prepared answers with what they change, two colons those that are words alone', async () => {
  const id = await openCase('The heater is cold')
  const add = (macro: Record<string, unknown>) => adviser()('POST', '/api/macros', macro)
  await add({
    name: 'Send a technician',
    text: 'Hello {{customer.first_name}}, somebody comes.',
    change: { severity: 3 },
  })
  await add({ name: 'Sign off', text: 'Kind regards' })
  await go(id)
  await reply().click()
  await page.keyboard.type('/tech')
  const list = page.getByRole('listbox', { name: 'Prepared answers' })
  await list.getByRole('option', { name: /Send a technician/ }).waitFor()
  await picture(page, 'macro-list')
  await page.keyboard.press('Enter')
  await expect.poll(() => reply().innerText()).toContain('Hello Ann, somebody comes.')
  await page.getByRole('button', { name: 'Severity: High severity' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('::')
  await list.getByRole('option', { name: /Sign off/ }).waitFor()
  expect(await list.getByRole('option').count()).toBe(1)
  await page.keyboard.press('Enter')
  await expect.poll(() => reply().innerText()).toContain('Kind regards')
})

test('which of several conversations a reply goes to, to whom and why, with one left out and one added', async () => {
  const [id, other] = [await openCase('The door sticks'), await openCase('The door sticks too', { from: 'Bob Jones' })]
  await adviser()('POST', `/api/cases/${id}/merge`, { sourceId: other, share: 'separate' })
  const kase = await adviser()<{ conversations: { id: number }[] }>('GET', `/api/cases/${id}`)
  const second = kase.body.conversations[1]?.id
  await adviser()('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'We look into it.',
    conversationId: second,
    copyTo: [{ address: 'carla@example.org' }],
  })
  await go(id)
  const who = page.getByRole('group', { name: 'Who gets it' })
  await page.getByRole('button', { name: /^Which conversation/ }).click()
  await page.getByRole('option', { name: 'Customer: Bob Jones' }).click()
  await who.getByText('Bob Jones <bob@example.org>').waitFor()
  await who.getByText('was copied in').waitFor()
  await who.getByText('2 people outside get this').waitFor()
  await who.getByRole('button', { name: /^Leave carla@example.org out|^Leave .*arla.* out/ }).click()
  await who.getByText('left out this time').waitFor()
  await who.getByRole('button', { name: 'Copy somebody in' }).click()
  await page.getByLabel('E-mail address').fill('dan@example.org')
  await page.keyboard.press('Enter')
  await who.getByText('added by you').waitFor()
  await picture(page, 'recipients')
  await expectAccessible(page, 'recipients')
  await reply().fill('The carpenter comes on Monday.')
  await reply().press('Control+Enter')
  await page.getByText('2 people outside get this. Leave out whom it does not concern.').waitFor()
  await reply().press('Control+Enter')
  await sent(id).toMatchObject({ text: 'The carpenter comes on Monday.', conversationId: second })
  expect((await sentIn(id)).at(-1)?.copiedIds).toHaveLength(1)
})

test('what one would rather know before sending stops it once, with the reason', async () => {
  const id = await openCase('Der Kessel tropft', {
    from: 'Ida Klein',
    text: 'Guten Tag, mein Kessel ist undicht und ich habe ihn erst vor einer Woche bei Ihnen gekauft. Vielen Dank!',
  })
  await go(id)
  await reply().fill(
    'Thank you for your message. We have attached the label, @Some supervisor, and your card 4242 4242 4242 4242 with the password: hunter22 is what you can use for it.',
  )
  await reply().press('Control+Enter')
  const alert = page.getByRole('alert')
  for (const reason of [
    /There is a card number in the text/,
    /a password or a key in the text/,
    /You mention @Some supervisor/,
    /something attached, but there is no file/,
    /You write in English, but the customer’s language is German/,
  ])
    await alert.getByText(reason).waitFor()
  await picture(page, 'cautions')
  await expectAccessible(page, 'cautions')
  expect(await sentIn(id)).toEqual([])
  await reply().press('Control+Enter')
  await sent(id).toMatchObject({ text: expect.stringContaining('************4242'.slice(-4)) })
  expect((await sentIn(id)).at(-1)?.text).not.toContain('4242 4242')
})

test('a reply is sent later: seen in the conversation, sent now or taken back', async () => {
  const id = await openCase('The bell is mute')
  await go(id)
  await reply().fill('We call you.')
  await page.getByRole('button', { name: 'Other ways to send' }).click()
  await page.getByRole('menuitem', { name: 'Send later…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send later' })
  await picture(page, 'send-later')
  await expectAccessible(page, 'send later')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  const shown = page.getByRole('article', { name: 'Reply by Some adviser' })
  await shown.getByText(/^Goes out /).waitFor()
  await picture(page, 'scheduled')
  await expectAccessible(page, 'scheduled')
  await page.reload()
  await shown.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => reply().innerText()).toContain('We call you.')
  await page.getByRole('button', { name: 'Other ways to send' }).click()
  await page.getByRole('menuitem', { name: 'Send later…' }).click()
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await shown.getByRole('button', { name: 'Send now' }).click()
  await shown.getByText('On its way').waitFor()
})

test('on a telephone one writes with the same means', async () => {
  const id = await openCase('The tap drips')
  const small = await pageOf('adviser', phone)
  await go(id, small)
  await reply(small).click()
  await small.keyboard.type('A **plumber** comes.')
  await picture(small, 'writing-phone')
  await expectAccessible(small, 'writing on a phone')
  await small.context().close()
})
