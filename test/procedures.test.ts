import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T09:00:00Z')
beforeAll(async () => {
  app = await startApp({ jobs: false, clock: () => now })
})
afterAll(() => app.close())

type Step = {
  key: string
  state: string
  value: unknown
  note: string
  by: string | null
  promiseId: number | null
  happened: boolean
  act: { does: string; text?: string } | null
}
type OfCase = {
  items: {
    id: number
    name: string
    number: number
    newer: boolean
    steps: Step[]
    missing: string[]
    phrases: { tone: string; text: string }[]
  }[]
}
type Procedure = {
  id: number
  version: number
  publishedNumber: number | null
  changed: boolean
  used: number
  whole: number
}
type Problem = { detail: string; errors?: { field: string; message: string }[] }

const adviser = () => app.as('adviser')
const supervisor = () => app.as('supervisor')
const yesNo = { type: 'yes_no' }
const text = { type: 'text' }
const steps = [
  { key: 'what', part: 'facts', title: 'What happened', answer: text },
  { key: 'receipt', part: 'facts', title: 'Is there a receipt', answer: yesNo },
  {
    key: 'number',
    part: 'facts',
    title: 'Number on the receipt',
    answer: text,
    when: { field: 'answer.receipt', op: 'is', value: true },
  },
  { key: 'calm', part: 'concern', title: 'Said that we are sorry', required: false },
  {
    key: 'ask',
    part: 'options',
    title: 'Asked what they want',
    act: { does: 'ask', text: 'Dear {{customer.name}}, what would put it right?' },
  },
  {
    key: 'call',
    part: 'act',
    title: 'Call back',
    act: { does: 'promise', kind: 'call_back', withinMinutes: 120, title: 'Call back' },
  },
  {
    key: 'refer',
    part: 'act',
    title: 'Ask whoever may decide',
    act: { does: 'refer' },
    when: { field: 'severity', op: 'at_least', value: 3 },
  },
]
const complaint = { field: 'kind', op: 'is', value: 'complaint' }
const make = async (more: object = {}) => {
  const made = await adviser()<Procedure>('POST', '/api/procedures', {
    name: 'Complaint',
    condition: complaint,
    steps,
    phrases: [{ tone: 'apology', text: 'I am sorry, {{customer.first_name}}.' }],
    ...more,
  })
  expect(made.status).toBe(201)
  return made.body
}
const publish = (id: number, body: object = {}) =>
  supervisor()<Procedure>('POST', `/api/procedures/${id}/publish`, body)
const open = async (more: object = {}) =>
  (
    await adviser()<{ id: number }>('POST', '/api/cases', {
      subject: 'Cracked kettle',
      channel: 'email',
      kind: 'complaint',
      requester: { name: 'Mia Hart', email: 'mia@example.org' },
      message: { text: 'It is cracked.' },
      teamId: app.teamId,
      ...more,
    })
  ).body.id
const of = async (id: number, procedureId: number) =>
  (await adviser()<OfCase>('GET', `/api/cases/${id}/procedures`)).body.items.find(one => one.id === procedureId)
const mark = (id: number, procedureId: number, step: string, more: object = {}) =>
  adviser()<OfCase & Problem>('POST', `/api/cases/${id}/procedure-steps`, { procedureId, step, ...more })
const fieldOf = ({ body }: { body: Problem }) => body.errors?.[0]?.field
const endAll = async () => {
  const { items } = (await adviser()<{ items: Procedure[] }>('GET', '/api/procedures')).body
  for (const { id } of items) await adviser()('PATCH', `/api/procedures/${id}`, { ended: true })
}

test('a procedure applies once it is in force, to cases it is for, and steps appear with what was found out', async () => {
  const { id } = await make()
  const kase = await open()
  expect(await of(kase, id)).toBeUndefined()
  expect((await adviser()('POST', `/api/procedures/${id}/publish`, {})).status).toBe(403)
  expect((await publish(id)).body).toMatchObject({ publishedNumber: 1, changed: false })
  expect((await publish(id)).status).toBe(409)
  const enquiry = await open({ kind: 'enquiry' })
  expect(await of(enquiry, id)).toBeUndefined()

  const before = await of(kase, id)
  expect(before?.steps.map(step => step.key)).toEqual(['what', 'receipt', 'calm', 'ask', 'call'])
  expect(before?.missing).toEqual(['what', 'receipt', 'ask', 'call'])
  expect(before?.phrases).toEqual([{ tone: 'apology', text: 'I am sorry, Mia.' }])
  expect(before?.steps.find(step => step.key === 'ask')?.act?.text).toBe('Dear Mia Hart, what would put it right?')

  await mark(kase, id, 'what', { value: 'The lid is cracked' })
  await mark(kase, id, 'receipt', { value: true })
  const with_ = await of(kase, id)
  expect(with_?.missing).toEqual(['number', 'ask', 'call'])
  expect(with_?.steps[0]).toMatchObject({ state: 'done', value: 'The lid is cracked', by: 'Some adviser' })
  await mark(kase, id, 'number', { outcome: 'skipped', note: 'It is faded' })
  await mark(kase, id, 'receipt', { value: false })
  expect((await of(kase, id))?.missing).toEqual(['ask', 'call'])
  await mark(kase, id, 'receipt', { outcome: 'undone' })
  expect((await of(kase, id))?.missing).toEqual(['receipt', 'ask', 'call'])

  const { items } = (
    await adviser()<{ items: { type: string; sentence: string }[] }>('GET', `/api/cases/${kase}/timeline`)
  ).body
  expect(items.map(item => item.sentence).join('\n')).toContain('noted for “What happened”: The lid is cracked')
  expect(items.map(item => item.sentence).join('\n')).toContain('left “Number on the receipt” out: It is faded')
  await endAll()
})

test('a step that acts does it: the question goes out, the call is promised once, and nothing is ticked that did not happen', async () => {
  const { id } = await make()
  await publish(id)
  const kase = await open({ severity: 3 })
  expect((await of(kase, id))?.steps.at(-1)?.key).toBe('refer')
  const early = await mark(kase, id, 'refer')
  expect([early.status, fieldOf(early)]).toEqual([422, 'step'])
  expect((await mark(kase, id, 'ask', { message: 'Dear Mia, what would put it right?' })).status).toBe(200)
  const { items } = (
    await adviser()<{ items: { direction: string; text: string }[] }>('GET', `/api/cases/${kase}/messages`)
  ).body
  expect(items.at(-1)).toMatchObject({ direction: 'out', text: 'Dear Mia, what would put it right?' })

  await mark(kase, id, 'call', { withinMinutes: 60 })
  await mark(kase, id, 'call')
  const promises = (
    await adviser()<{ items: { id: number; kind: string; dueAt: string }[] }>('GET', `/api/cases/${kase}/promises`)
  ).body.items.filter(one => one.kind === 'call_back')
  expect(promises).toHaveLength(1)
  expect(promises[0]?.dueAt).toBe('2026-11-02T10:00:00.000Z')
  expect((await of(kase, id))?.steps.find(step => step.key === 'call')?.promiseId).toBe(promises[0]?.id)

  const referred = await adviser()('POST', `/api/cases/${kase}/referrals`, {
    reason: 'seeking_advice',
    toKind: 'team',
    toId: app.otherTeamId,
    question: 'May I?',
  })
  expect(referred.status).toBe(201)
  expect((await of(kase, id))?.steps.at(-1)?.happened).toBe(true)
  expect((await mark(kase, id, 'refer')).status).toBe(200)
  await endAll()
})

test('a case stays with the version it began with, and so does what was merged into it', async () => {
  const made = await make()
  await publish(made.id)
  const [old, later] = [await open(), await open({ subject: 'Another kettle' })]
  await mark(old, made.id, 'what', { value: 'A crack' })
  const changed = await adviser()<Procedure>('PATCH', `/api/procedures/${made.id}`, { steps: steps.slice(0, 1) })
  expect(changed.body.changed).toBe(true)
  expect((await of(later, made.id))?.steps).toHaveLength(5)
  await publish(made.id, { note: 'Shorter' })
  expect(await of(later, made.id)).toMatchObject({ number: 2, newer: false })
  expect(await of(old, made.id)).toMatchObject({ number: 1, newer: true })
  expect((await supervisor()('POST', `/api/cases/${later}/merge`, { sourceId: old })).status).toBeLessThan(300)
  expect((await of(later, made.id))?.steps[0]).toMatchObject({ state: 'done', value: 'A crack' })
  const versions = await adviser()<{ items: { number: number; note: string }[] }>(
    'GET',
    `/api/procedures/${made.id}/versions`,
  )
  expect(versions.body.items.map(one => [one.number, one.note])).toEqual([
    [2, 'Shorter'],
    [1, ''],
  ])
  const owner = app.program.kernel.database.owner
  await expect(owner.query(`update procedure_versions set content = '{}'`)).rejects.toThrow('stands as it is')
  await expect(owner.query('delete from procedure_marks')).rejects.toThrow('not changed afterwards')
  await endAll()
})

test('whoever solves a case may promise to check back; without solving it is refused', async () => {
  const kase = await open({ kind: 'enquiry' })
  const wrong = await adviser()<Problem>('PATCH', `/api/cases/${kase}`, { checkBackMinutes: 60 })
  expect([wrong.status, fieldOf(wrong)]).toEqual([422, 'checkBackMinutes'])
  expect(
    (await adviser()('PATCH', `/api/cases/${kase}`, { status: 'solved', needMet: 'yes', checkBackMinutes: 60 })).status,
  ).toBe(200)
  const { items } = (
    await adviser()<{ items: { kind: string; outcome: string | null; title: string }[] }>(
      'GET',
      `/api/cases/${kase}/promises`,
    )
  ).body
  expect(items.filter(one => one.kind === 'follow_up')).toMatchObject([{ outcome: null, title: 'Check back' }])
})

const step = (more: object) => ({ key: 'a', part: 'facts', title: 'A', ...more })
test.each([
  ['two steps of one key', { steps: [step({}), step({})] }, 'steps[1].key'],
  [
    'a step that asks itself',
    { steps: [step({ answer: yesNo, when: { field: 'answer.a', op: 'is', value: true } })] },
    'steps[0].when',
  ],
  [
    'a step that asks a later one',
    { steps: [step({ when: { field: 'answer.b', op: 'is', value: true } }), step({ key: 'b', answer: yesNo })] },
    'steps[0].when',
  ],
  ['a condition on nothing', { condition: { field: 'moon', op: 'is', value: 1 } }, null],
  ['a condition on nothing in a step', { steps: [step({ when: { field: 'answer.z', op: 'is', value: 1 } })] }, null],
  ['a key with a blank', { steps: [step({ key: 'A b' })] }, 'steps[0].key'],
  ['one choice', { steps: [step({ answer: { type: 'choice', choices: ['x'] } })] }, 'steps[0].answer.choices'],
  [
    'a placeholder that is none',
    { steps: [step({ act: { does: 'ask', text: 'Dear {{nobody}}' } })] },
    'steps[0].act.text',
  ],
  [
    'a promise within no time',
    { steps: [step({ act: { does: 'promise', kind: 'visit', withinMinutes: 0 } })] },
    'steps[0].act.withinMinutes',
  ],
  ['forty-one steps', { steps: Array.from({ length: 41 }, (_, i) => step({ key: `s${i}` })) }, 'steps'],
  ['a phrase with a placeholder that is none', { phrases: [{ tone: 'calm', text: '{{x}}' }] }, 'phrases[0].text'],
  ['an owner who is not there', { ownerId: 999_999 }, 'ownerId'],
])('a draft with %s is refused and names it', async (_what, change, field) => {
  const { id } = await make()
  const answer = await adviser()<Problem>('PATCH', `/api/procedures/${id}`, change)
  expect(answer.status).toBe(422)
  if (field) expect(fieldOf(answer)).toBe(field)
  await endAll()
})

test.each([
  ['what', { value: '' }, 'value'],
  ['what', { value: true }, 'value'],
  ['what', {}, 'value'],
  ['receipt', { value: 'yes' }, 'value'],
  ['calm', { value: 'x' }, 'value'],
  ['calm', { outcome: 'skipped' }, 'note'],
  ['calm', { outcome: 'undone' }, 'outcome'],
  ['calm', { message: 'x' }, 'message'],
  ['calm', { withinMinutes: 5 }, 'dueAt'],
  ['call', { dueAt: '2020-01-01T00:00:00Z' }, 'dueAt'],
  ['number', { value: '7' }, 'step'],
  ['nothing', {}, 'step'],
])('a mark of “%s” with %j is refused and names %s', async (key, more, field) => {
  const { id } = await make()
  await publish(id)
  const kase = await open()
  const answer = await mark(kase, id, key, more)
  expect([answer.status, fieldOf(answer)]).toEqual([422, field])
  expect((await of(kase, id))?.steps.every(one => one.state === 'open')).toBe(true)
  await endAll()
})

test('a draft changed meanwhile is stale, an empty one is not published, and one out of use comes back', async () => {
  const made = await make({ steps: [] })
  expect(fieldOf((await publish(made.id)) as never)).toBe('steps')
  await adviser()('PATCH', `/api/procedures/${made.id}`, { name: 'Grumble', version: made.version })
  expect(
    (await adviser()('PATCH', `/api/procedures/${made.id}`, { name: 'Gripe', version: made.version })).status,
  ).toBe(412)
  await adviser()('PATCH', `/api/procedures/${made.id}`, { ended: true, steps })
  expect((await publish(made.id)).status).toBe(409)
  const back = await adviser()<Procedure>('PATCH', `/api/procedures/${made.id}`, { ended: false })
  expect(back.status).toBe(200)
  now = new Date(now.getTime() + 1000)
  expect((await publish(made.id)).status).toBe(200)
  const kase = await open()
  for (const [key, value] of [
    ['what', 'x'],
    ['receipt', false],
    ['ask', undefined],
    ['call', undefined],
  ] as const)
    expect((await mark(kase, made.id, key, value === undefined ? {} : { value })).status).toBe(200)
  expect((await adviser()<Procedure>('GET', `/api/procedures/${made.id}`)).body).toMatchObject({ used: 1, whole: 1 })
  await endAll()
})
