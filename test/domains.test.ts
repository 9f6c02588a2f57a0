import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Person = { id: number; groups: { id: number; name: string }[] }
type Group = { id: number; domains: string[]; version: number; memberCount: number }
type Problem = { errors?: { field: string; message: string }[] }

const call = () => app.as('receptionist')
const addGroup = (name: string, domains: string[], kind = 'organisation') =>
  call()<Group & Problem>('POST', '/api/groups', { kind, name, domains })
const addPerson = async (name: string, ...emails: string[]) =>
  (
    await call()<Person>('POST', '/api/people', {
      name,
      identities: emails.map(value => ({ kind: 'email', value })),
    })
  ).body
const groupsOf = async (id: number) =>
  (await call()<Person>('GET', `/api/people/${id}`)).body.groups.map(group => group.name)
const joinings = async (id: number) =>
  (
    await app.as('auditor')<{ items: { sentence: string; actor: string }[] }>(
      'GET',
      `/api/events?subjectKind=person&subjectId=${id}&type=person.joined_group`,
    )
  ).body.items

test('whoever is added with an address of an organisation’s domain joins it, once, with an event that says why', async () => {
  await addGroup('Harbour Foods', ['@Harbour.Example'])
  const person = await addPerson('Hal', 'Hal@HARBOUR.example', 'hal.private@harbour.example')
  expect(person.groups.map(group => group.name)).toEqual(['Harbour Foods'])
  expect(await joinings(person.id)).toMatchObject([
    { sentence: 'put them into “Harbour Foods”, because their address ends in @harbour.example' },
  ])
  expect((await addPerson('Other', 'other@sub.harbour.example')).groups).toEqual([])
  expect((await addPerson('Similar', 'x@notharbour.example')).groups).toEqual([])
})

test('an address that is added later counts too; who was taken out by hand is not put back by the same address', async () => {
  await addGroup('Mill Lane', ['mill-lane.example'])
  const { id } = await addPerson('Mia')
  await call()('POST', `/api/people/${id}/identities`, { kind: 'phone', value: '07700 900321' })
  expect(await groupsOf(id)).toEqual([])
  await call()('POST', `/api/people/${id}/identities`, { kind: 'email', value: 'mia@mill-lane.example' })
  expect(await groupsOf(id)).toEqual(['Mill Lane'])
  await call()('PATCH', `/api/people/${id}`, { groupIds: [] })
  await call()('POST', '/api/cases', {
    subject: 'Again',
    requester: { email: 'mia@mill-lane.example', phone: '07700 900321' },
    message: { text: 'Hello' },
  })
  expect(await groupsOf(id)).toEqual([])
})

test('somebody new who writes or is logged joins, also when an address is learnt with a contact', async () => {
  await addGroup('Quarry & Sons', ['quarry.example', 'quarry-sons.example'])
  const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
  await transport.sendMail({
    from: 'Quinn <quinn@quarry.example>',
    to: 'help@trial.test',
    subject: 'Stone',
    text: 'Hi',
  })
  transport.close()
  const idOf = (q: string) =>
    eventually(async () => (await call()<{ items: Person[] }>('GET', `/api/people?q=${q}`)).body.items[0]?.id)
  expect(await groupsOf(await idOf('quinn@quarry.example'))).toEqual(['Quarry & Sons'])
  const { id } = await addPerson('Quentin')
  await call()('POST', `/api/people/${id}/identities`, { kind: 'card', value: 'QQ-77' })
  await call()('POST', '/api/cases', {
    subject: 'By card',
    requester: { card: 'QQ-77', email: 'quentin@quarry-sons.example' },
    message: { text: 'Hello' },
  })
  expect(await groupsOf(id)).toEqual(['Quarry & Sons'])
  expect(await joinings(id)).toHaveLength(1)
})

test('a domain that an organisation is given later brings in those who are known, however many, and only once', async () => {
  const { owner } = app.program.kernel.database
  await owner.query(`with made as (insert into people (name, created_at) select 'Many ' || n, now() from generate_series(1, 1203) n returning id)
    insert into identities (person_id, kind, value, normal, source, created_at)
    select id, 'email', 'm' || id || '@many.example', 'm' || id || '@many.example', 'test', now() from made`)
  await owner.query(`insert into identities (person_id, kind, value, normal, source, created_at)
    select person_id, 'email', 'second' || person_id || '@many.example', 'second' || person_id || '@many.example', 'test', now()
    from identities where normal like '%@many.example' order by person_id limit 10`)
  const bystander = await addPerson('Bystander', 'b@many.example.org')
  const group = (await addGroup('Many', [])).body
  const set = (domains: string[]) => call()<Group>('PATCH', `/api/groups/${group.id}`, { domains })
  const size = async () =>
    (await call()<{ items: Group[] }>('GET', '/api/groups?q=Many')).body.items.find(one => one.id === group.id)
      ?.memberCount
  await set(['many.example'])
  await eventually(async () => (await size()) === 1203)
  await set([])
  await set(['many.example'])
  const idle = async () =>
    (await owner.query(`select 1 from graphile_worker.jobs where task_identifier like 'people:%'`)).rowCount === 0
  await eventually(idle)
  const { rows } = await owner.query<{ count: number }>(
    `select count(*) from events where type = 'person.joined_group' and (data ->> 'groupId')::bigint = $1`,
    [group.id],
  )
  expect(Number(rows[0]?.count)).toBe(1203)
  expect(await groupsOf(bystander.id)).toEqual([])
})

test('a domain in another script is the same in either spelling', async () => {
  await addGroup('Bücherei', ['BÜCHEREI.example'])
  expect((await addPerson('Ida', 'ida@bücherei.example')).groups).toHaveLength(1)
  expect((await addPerson('Ivo', 'ivo@xn--bcherei-n2a.example')).groups).toHaveLength(1)
})

test('a domain that is open to everybody, or is none, is refused by name', async () => {
  const refused = await addGroup('Everybody', ['fine.example', 'GMail.com'])
  expect(refused.status).toBe(422)
  expect(refused.body.errors).toMatchObject([
    { field: 'domains[1]', message: expect.stringContaining('gmail.com is open to everybody') },
  ])
  for (const domain of ['not a domain', 'ann@example.org', 'exa mple.org', '-x.org', 'a..b'])
    expect((await addGroup('Wrong', [domain])).body.errors?.[0]?.field, domain).toBe('domains[0]')
  expect((await addGroup('Dept', ['dept.example'], 'department')).body.errors?.[0]?.field).toBe('domains')
  const group = (await addGroup('Changing', ['changing.example'])).body
  const changed = await call()<Problem>('PATCH', `/api/groups/${group.id}`, { domains: ['hotmail.co.uk'] })
  expect(changed.body.errors?.[0]?.field).toBe('domains[0]')
  expect((await addPerson('Gina', 'gina@gmail.com')).groups).toEqual([])
})
