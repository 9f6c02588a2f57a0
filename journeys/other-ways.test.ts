import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { eventually } from '../test/app.ts'
import { signBytes, telegramStandIn, whatsappStandIn } from '../test/stand-ins.ts'
import { expectAccessible, follow, phone, picture, settled, startJourney } from './browser.ts'

const botToken = '123456:telegram-bot-token'
const [telegram, graph] = [await telegramStandIn(botToken), await whatsappStandIn('10001', 'meta-access-token')]
// Hooks run last one first: the stand-ins close when the program has.
afterAll(async () => {
  for (const one of [telegram, graph]) await one.close()
})
const { app, pageOf, openCase } = await startJourney({ env: { OUTGOING_ALLOW: '127.0.0.0/8' } })
const admin = () => app.as('administrator')

type Line = { id: number; subject: string; channel: string; kind: string; requester: { name: string }; tags: string[] }
const caseOf = (subject: string) =>
  eventually(async () => {
    const { items } = (await admin()<{ items: Line[] }>('GET', '/api/cases?sort=recent&limit=50')).body
    return items.find(line => line.subject === subject)
  })

const bothSchemes = async (page: Page, name: string) => {
  await picture(page, `${name}-light`)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor()
  await picture(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

test('an account is set up, a customer writes to it, is answered, and the answer is seen to go out', async () => {
  const page = await pageOf('administrator')
  await follow(page, '/organisation/messengers')
  await settled(page)
  await expectAccessible(page, 'no accounts')
  await page.getByRole('button', { name: 'Add an account' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Kind').selectOption({ label: 'Telegram bot' })
  await dialog.getByLabel('Name', { exact: true }).fill('Shop bot')
  await dialog.getByLabel('Name of the bot').fill('@shop_bot')
  await dialog.getByLabel('Bot token').fill(botToken)
  await dialog.getByLabel('Address of the provider').fill(telegram.url)
  await picture(page, 'messenger-form')
  await expectAccessible(page, 'account form')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Check Shop bot' }).click()
  await page.getByText('The account works.').waitFor()
  await bothSchemes(page, 'messengers')
  const hook = await page.getByLabel('Webhook address of Shop bot').inputValue()
  expect(hook).toBe(telegram.hook.url)
  await fetch(hook, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': telegram.hook.secret ?? '' },
    body: JSON.stringify({
      update_id: 1,
      message: {
        message_id: 1,
        date: Math.floor(Date.now() / 1000),
        chat: { id: 7, type: 'private' },
        from: { first_name: 'Tessa' },
        text: 'Is my chair ready?',
      },
    }),
  })
  const kase = await caseOf('Is my chair ready?')
  await follow(page, `/cases/${kase.id}`)
  await settled(page)
  await page.getByText('Goes out by Shop bot to 7.').waitFor()
  await page.getByLabel(/^Reply to/).fill('Yes, come by any time.')
  await picture(page, 'messenger-composer')
  await expectAccessible(page, 'composer of a messenger case')
  await page.keyboard.press('Control+Enter')
  await eventually(async () => telegram.taken.some(one => one.text === 'Yes, come by any time.'), 30_000)
  await page.locator('.rp-delivery').getByText('Sent').waitFor()
  await picture(page, 'messenger-sent')
  await page.context().close()
})

test('when the 24 hours of WhatsApp are over it is said before anything is written', async () => {
  const secrets = { accessToken: 'meta-access-token', appSecret: 'meta-app-secret', verifyToken: 'word' }
  const { body: account } = await admin()<{ hookUrl: string }>('POST', '/api/messengers', {
    kind: 'whatsapp',
    name: 'WhatsApp',
    address: '+442079460001',
    settings: { phoneNumberId: '10001', baseUrl: graph.url },
    token: secrets,
  })
  const message = {
    id: 'wamid.old',
    from: '447700900202',
    timestamp: String(Math.floor(Date.now() / 1000) - 26 * 3600),
    type: 'text',
    text: { body: 'Long ago' },
  }
  const value = {
    metadata: { phone_number_id: '10001' },
    contacts: [{ wa_id: '447700900202', profile: { name: 'Wanda' } }],
    messages: [message],
  }
  const text = JSON.stringify({ entry: [{ changes: [{ value }] }] })
  await fetch(account.hookUrl, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': signBytes(secrets.appSecret, text) },
  })
  const kase = await caseOf('Long ago')
  const page = await pageOf('administrator', phone)
  await follow(page, `/cases/${kase.id}`)
  await settled(page)
  await page.getByText('The 24 hours of WhatsApp after their last message are over.').waitFor()
  await bothSchemes(page, 'messenger-closed-phone')
  await expectAccessible(page, 'closed window')
  await page.context().close()
})

test('whoever rings pops up with what is open, and is logged from there; a number can be dialled', async () => {
  const person = await admin()<{ id: number }>('POST', '/api/people', {
    name: 'Rosa Delgado',
    identities: [{ kind: 'phone', value: '020 7946 0101' }],
  })
  await openCase('The lamp flickers', { by: 'administrator', requester: { personId: person.body.id } })
  const page = await pageOf('adviser')
  await admin()('POST', '/api/telephone/calls', { call: 'c1', event: 'ringing', from: '+442079460101' })
  const card = page.getByRole('article', { name: 'Calling now' })
  await card.getByText('Rosa Delgado').waitFor()
  await card.getByRole('link', { name: 'The lamp flickers' }).waitFor()
  await bothSchemes(page, 'call')
  await expectAccessible(page, 'a call')
  await page.setViewportSize({ width: 390, height: 844 })
  await picture(page, 'call-phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await card.getByRole('button', { name: 'Log this call' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Known to us.').waitFor()
  expect(await dialog.getByRole('textbox', { name: 'Who is it?' }).inputValue()).toBe('Rosa Delgado')
  await dialog.getByLabel('What do they need?').fill('The lamp still flickers')
  await picture(page, 'call-log')
  await dialog.getByRole('button', { name: 'Save contact' }).click()
  await dialog.waitFor({ state: 'detached' })
  await card.waitFor({ state: 'detached' })
  expect(await caseOf('The lamp still flickers')).toMatchObject({
    channel: 'phone',
    requester: { name: 'Rosa Delgado' },
  })
  await admin()('POST', '/api/telephone/calls', { call: 'c2', event: 'ringing', from: '07700 900300' })
  await page.getByRole('article', { name: 'Calling now' }).getByText('Not in the register yet').waitFor()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('article', { name: 'Calling now' }).waitFor({ state: 'detached' })
  await admin()('POST', '/api/telephone/calls', { call: 'c2', event: 'missed' })
  expect((await caseOf('Call back 07700 900300')).tags).toEqual(['call-back'])
  await follow(page, `/people/${person.body.id}`)
  await settled(page)
  expect(await page.getByRole('link', { name: '020 7946 0101' }).getAttribute('href')).toBe('tel:02079460101')
  await page.context().close()
})

test('of a number that a household shares the card says whose it is, and the call is logged for the right one', async () => {
  const phone = { kind: 'phone', value: '020 7946 0188' }
  for (const name of ['Ada Shared', 'Ben Shared']) await admin()('POST', '/api/people', { name, identities: [phone] })
  const page = await pageOf('adviser')
  await admin()('POST', '/api/telephone/calls', { call: 'shared', event: 'ringing', from: '+442079460188' })
  const card = page.getByRole('article', { name: 'Calling now' })
  await card.getByText('Several have this number:').waitFor()
  await picture(page, 'call-shared')
  await expectAccessible(page, 'a call of a shared number')
  await card.getByRole('button', { name: 'Log for Ben Shared' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByRole('textbox', { name: 'Who is it?' }).inputValue()).toBe('Ben Shared')
  await dialog.getByLabel('What do they need?').fill('Ben asks for the invoice')
  await dialog.getByRole('button', { name: 'Save contact' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await caseOf('Ben asks for the invoice')).toMatchObject({ requester: { name: 'Ben Shared' } })
  await page.context().close()
})

test('the telephone is set up under Organisation', async () => {
  const page = await pageOf('administrator')
  await follow(page, '/organisation/telephone')
  await settled(page)
  await page.getByLabel('Extension of Some adviser').fill('12')
  await page.getByLabel('Shared secret').fill('a secret of sixteen')
  await bothSchemes(page, 'telephone-settings')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved').first().waitFor()
  await page.reload()
  await page.getByText('One is set.').waitFor()
  expect(await page.getByLabel('Extension of Some adviser').inputValue()).toBe('12')
  await page.context().close()
})

const counterAt = async (device: { width: number; height: number }, name: string) => {
  const page = await pageOf('receptionist', device)
  await follow(page, '/counter')
  await page.getByRole('heading', { name: 'Counter' }).waitFor()
  await page.getByRole('button', { name: 'Complaint' }).waitFor()
  await expectAccessible(page, name)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(device.width)
  return page
}

/** As a reader types: a digit every five milliseconds by the keyboard's own clock, however busy the machine is. */
const readCard = async (page: Page, code: string) => {
  const keyboard = await page.context().newCDPSession(page)
  let timestamp = Date.now() / 1000
  const send = (type: 'keyDown' | 'keyUp', key: string) => {
    timestamp += 0.0025
    const text = type === 'keyUp' ? {} : { text: key === 'Enter' ? '\r' : key }
    return keyboard.send('Input.dispatchKeyEvent', { type, key, timestamp, ...text })
  }
  await Promise.all([...code.split(''), 'Enter'].flatMap(key => [send('keyDown', key), send('keyUp', key)]))
  await keyboard.detach()
}

test('at the counter a card is read wherever the cursor stands, and a contact takes three touches', async () => {
  await admin()('POST', '/api/people', {
    name: 'Arthur Whitcombe',
    identities: [{ kind: 'card', value: '2041 7733' }],
    adjustments: 'Hears better at the loop',
    vulnerable: true,
  })
  const page = await counterAt({ width: 1024, height: 768 }, 'counter')
  expect(await page.getByRole('navigation').count()).toBe(0)
  const note = page.getByLabel('What do they need?')
  await note.fill('Wants the blue one')
  await note.focus()
  await readCard(page, '20417733')
  await page.getByText('Arthur Whitcombe').waitFor()
  expect(await note.inputValue()).toBe('Wants the blue one')
  await page.getByText('Hears better at the loop').waitFor()
  const tile = page.getByRole('button', { name: 'Request' })
  expect((await tile.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(56)
  await tile.click()
  await bothSchemes(page, 'counter')
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await caseOf('Wants the blue one')).toMatchObject({
    kind: 'request',
    channel: 'face_to_face',
    requester: { name: 'Arthur Whitcombe' },
  })
  await page.getByText('Arthur Whitcombe').waitFor({ state: 'detached' })
  // A card nobody has yet.
  await readCard(page, '99887766')
  await page.getByText('Card 99887766').waitFor()
  await page.getByLabel('Name').fill('Newton Comer')
  await note.fill('First visit')
  await picture(page, 'counter-new-card')
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await caseOf('First visit')).toMatchObject({ requester: { name: 'Newton Comer' } })
  await page.getByRole('link', { name: 'Leave the counter' }).click()
  await page.waitForURL(/queue/)
  await page.context().close()
})

test('slow typing is a person’s, and the counter works on a telephone', async () => {
  const page = await counterAt(phone, 'counter on a telephone')
  await page.getByRole('textbox', { name: 'Who is it?' }).focus()
  await page.keyboard.type('arthur', { delay: 110 })
  await page.getByRole('option', { name: /Arthur Whitcombe/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Known to us').waitFor()
  await bothSchemes(page, 'counter-phone')
  await page.context().close()
})

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A page in one grey, wider or higher. */
const scan = (width: number, height: number, grey: number): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const lines = Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, grey)]))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('a letter of several pages is put in order, turned and logged as one document in one step', async () => {
  const page = await pageOf('receptionist')
  await follow(page, '/log')
  await settled(page)
  await page.getByRole('textbox', { name: 'Who is it?' }).fill('Letty Writer')
  await page.getByText('Letter', { exact: true }).click()
  const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/png', buffer })
  await page
    .locator('input[type=file][multiple]')
    .setInputFiles([
      file('two.png', scan(600, 850, 200)),
      file('one.png', scan(3600, 2500, 240)),
      file('x.png', scan(600, 850, 90)),
    ])
  await page.getByRole('button', { name: 'Remove page 3' }).click()
  await page.getByRole('button', { name: 'Move page 2 forward' }).click()
  await page.getByRole('button', { name: 'Turn page 1' }).click()
  expect(await page.locator('input[type=file][capture=environment]').count()).toBe(1)
  await bothSchemes(page, 'letter')
  await expectAccessible(page, 'letter')
  await page.setViewportSize({ width: 390, height: 844 })
  await picture(page, 'letter-phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('button', { name: 'Save contact' }).click()
  await page.getByText(/Saved as case/).waitFor()
  const kase = await caseOf('Letter of 2 pages')
  expect(kase).toMatchObject({ channel: 'letter', requester: { name: 'Letty Writer' } })
  const { items } = (
    await admin()<{ items: { attachments: { name: string; type: string; url: string }[] }[] }>(
      'GET',
      `/api/cases/${kase.id}/messages`,
    )
  ).body
  expect(items[0]?.attachments).toMatchObject([{ type: 'application/pdf' }])
  const headers = { authorization: `Bearer ${app.token('administrator')}` }
  const pdf = Buffer.from(
    await (await fetch(`${app.url}${items[0]?.attachments[0]?.url}`, { headers })).arrayBuffer(),
  ).toString('latin1')
  // Both stand upright now, and the large one was made smaller on this device.
  expect([...pdf.matchAll(/\/MediaBox \[0 0 (\d+)/g)].map(match => match[1])).toEqual(['595', '595'])
  expect([...pdf.matchAll(/\/Width (\d+)/g)].map(match => Number(match[1]))).toEqual([1625, 600])
  await page.context().close()
})
