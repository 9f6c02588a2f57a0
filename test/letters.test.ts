import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const around = Buffer.alloc(8)
  around.writeUInt32BE(data.length, 0)
  around.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)])
}

/** A PNG that says it has this size; `real` false leaves the picture itself out. */
const png = (width: number, height: number, { colours = 2, real = true } = {}): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = colours
  const bytes = real ? (width * (colours === 6 ? 4 : 3) + 1) * height : 1
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(bytes))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

type Made = { id: number; name: string; type: string; url: string; detail?: string }

const send = async (pages: readonly Buffer[], role: 'adviser' | 'auditor' = 'adviser') => {
  const form = new FormData()
  for (const [index, page] of pages.entries())
    form.append('pages', new Blob([new Uint8Array(page)], { type: 'image/png' }), `p${index}.png`)
  const headers = { authorization: `Bearer ${app.token(role)}` }
  const response = await fetch(`${app.url}/api/letters`, { method: 'POST', body: form, headers })
  return { status: response.status, body: (await response.json()) as Made }
}

test('pages become one tagged document, in their order, that goes with the letter it is', async () => {
  const made = await send([png(200, 300), png(300, 200), png(200, 300)])
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ type: 'application/pdf', name: expect.stringMatching(/^letter-.*\.pdf$/) })
  const opened = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'A letter',
    channel: 'letter',
    requester: { name: 'Letty Writer' },
    message: { text: 'Letter of 3 pages', attachmentIds: [made.body.id] },
    teamId: app.teamId,
  })
  expect(opened.status).toBe(201)
  const headers = { authorization: `Bearer ${app.token('adviser')}` }
  const pdf = Buffer.from(await (await fetch(`${app.url}${made.body.url}`, { headers })).arrayBuffer()).toString(
    'latin1',
  )
  expect(pdf.startsWith('%PDF-1.7')).toBe(true)
  expect(pdf).toContain('/MarkInfo')
  expect(pdf).toContain('/Lang (en-GB)')
  expect(pdf.match(/\/Alt \(/g)).toHaveLength(3)
  // Upright, lying, upright: as the pictures lie.
  expect([...pdf.matchAll(/\/MediaBox \[0 0 (\d+)/g)].map(match => match[1])).toEqual(['595', '841', '595'])
})

test('a picture that would burst is refused by what its header says, before anything opens it', async () => {
  const bomb = await send([png(200, 300), png(60_000, 60_000, { real: false })])
  expect(bomb.status).toBe(422)
  expect(bomb.body.detail).toContain('50 megapixels')
})

test('what cannot be copied into a document as it is, or is no picture, is refused and brings nothing down', async () => {
  expect((await send([png(20, 20, { colours: 6 })])).body.detail).toContain('transparency')
  expect((await send([Buffer.from('%PDF-1.4 not a picture')])).status).toBe(422)
  expect((await send([Buffer.from('ffd8ffe000104a464946', 'hex')])).status).toBe(422)
  expect((await send([png(20, 20).subarray(0, 40)])).status).toBe(422)
  expect((await send([])).status).toBe(422)
  expect((await send([png(20, 20)])).status).toBe(201)
})

test('only who logs contacts may, and a letter has an end', async () => {
  expect((await send([png(20, 20)], 'auditor')).status).toBe(403)
  expect((await send(Array.from({ length: 41 }, () => png(2, 2)))).status).toBe(413)
})
