import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepFiles, sweepUnsent } from '../src/modules/cases/sweeping.ts'
import { fileStore } from '../src/platform/files/store.ts'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
let id: number
beforeAll(async () => {
  app = await startApp({ jobs: false })
  const opened = await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
    subject: 'A torn parcel',
    requester: { name: 'Ann Miller', email: 'ann@example.org' },
    message: { text: 'What now?' },
    teamId: app.teamId,
  })
  id = opened.body.id
})
afterAll(() => app.close())

type File = { id: number; name: string }
const upload = async (name: string, place: string, role: RoleKey = 'adviser'): Promise<File> => {
  const body = new FormData()
  body.append('file', new Blob([name]), name)
  const headers = { authorization: `Bearer ${app.token(role)}` }
  const answer = await fetch(`${app.url}/api/cases/${id}/${place}`, { method: 'POST', headers, body })
  expect(answer.status).toBe(201)
  return (await answer.json()) as File
}
const drafts = async (role: RoleKey = 'adviser') =>
  (
    await app.as(role)<{ items: { kind: string; text: string; attachments: File[] }[] }>(
      'GET',
      `/api/cases/${id}/drafts`,
    )
  ).body.items.map(({ kind, text, attachments }) => ({ kind, text, files: attachments.map(file => file.name) }))

test('files belong to their writer, case and kind of message, with or without text', async () => {
  const label = await upload('label.txt', 'drafts/reply/attachments')
  await upload('scales.txt', 'drafts/note/attachments')
  await upload('other.txt', 'drafts/reply/attachments', 'supervisor')
  await app.as('adviser')('PUT', `/api/cases/${id}/drafts/reply`, { text: 'Here is' })
  expect(await drafts()).toEqual([
    { kind: 'reply', text: 'Here is', files: ['label.txt'] },
    { kind: 'note', text: '', files: ['scales.txt'] },
  ])
  expect(await drafts('supervisor')).toEqual([{ kind: 'reply', text: '', files: ['other.txt'] }])
  // Nobody else reads or removes what has not been sent.
  const asOther = app.as('supervisor')
  expect((await asOther('GET', `/api/attachments/${label.id}`)).status).toBe(404)
  expect((await asOther('DELETE', `/api/attachments/${label.id}`)).status).toBe(404)
  expect((await app.as('adviser')('GET', `/api/attachments/${label.id}`)).status).toBe(200)
})

test('what is sent leaves the draft and can be read, but no longer removed', async () => {
  const file = await upload('invoice.txt', 'drafts/note/attachments')
  const sent = await app.as('adviser')('POST', `/api/cases/${id}/messages`, {
    kind: 'note',
    text: 'See this.',
    attachmentIds: [file.id],
  })
  expect(sent.status).toBe(201)
  expect((await drafts()).find(draft => draft.kind === 'note')?.files).toEqual(['scales.txt'])
  expect((await app.as('supervisor')('GET', `/api/attachments/${file.id}`)).status).toBe(200)
  expect((await app.as('adviser')('DELETE', `/api/attachments/${file.id}`)).status).toBe(404)
})

test('after 30 days they go, unless the text they were meant for is still there', async () => {
  const { kernel } = app.program
  await sweepUnsent(kernel)
  expect((await drafts()).map(draft => draft.files)).toEqual([['label.txt'], ['scales.txt']])
  await kernel.database.owner.query(`update attachments set at = at - interval '31 days' where message_id is null`)
  await sweepUnsent(kernel)
  expect(await drafts()).toEqual([{ kind: 'reply', text: 'Here is', files: ['label.txt'] }])
  await app.as('adviser')('PUT', `/api/cases/${id}/drafts/reply`, { text: '' })
  await sweepUnsent(kernel)
  expect(await drafts()).toEqual([])
  const { rows } = await kernel.database.owner.query('select name from attachments where message_id is not null')
  expect(rows).toEqual([{ name: 'invoice.txt' }])
})

test('the bytes of what nothing has any more leave the disk; what is kept again meanwhile, or was just kept, stays', async () => {
  const { kernel } = app.program
  const files = fileStore(join(app.config.dataDir, 'files'))
  const bytesOf = (sha256: string) => existsSync(join(app.config.dataDir, 'files', sha256.slice(0, 2), sha256))
  const said = await kernel.database.owner.query<{ sha256: string }>('select sha256 from files')
  const all = said.rows.map(row => row.sha256)
  expect(all.every(bytesOf)).toBe(true)
  const stray = await files.keep(Buffer.from('kept, and then the transaction failed'))
  expect(await sweepFiles(kernel, files)).toBe(0)
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000)
  const { rows } = await kernel.database.owner.query<{ sha256: string }>('select sha256 from attachments')
  const used = rows.map(row => row.sha256)
  expect(used).toHaveLength(1)
  expect(await sweepFiles(kernel, files, inTwoDays)).toBe(all.length - 1 + 1)
  expect(all.filter(bytesOf)).toEqual(used)
  expect(bytesOf(stray.sha256)).toBe(false)
  expect((await kernel.database.owner.query('select sha256 from files')).rows).toEqual(rows)
  // Kept again after it was found to be old: it stays, whatever the sweep thought.
  const again = await files.keep(Buffer.from('wanted again'))
  expect(await files.drop(again.sha256, new Date(Date.now() - 1000))).toBe(false)
  expect(bytesOf(again.sha256)).toBe(true)
  expect(await files.drop(again.sha256, inTwoDays)).toBe(true)
  expect(await files.drop(again.sha256, inTwoDays)).toBe(false)
})
