import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepUnsent } from '../src/modules/cases/drafting.ts'
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
