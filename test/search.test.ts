import { afterAll, beforeAll, expect, test } from 'vitest'
import { docxOf, pdfOf, zipOf } from '../src/platform/documents/samples.ts'
import { eventually, type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

type Piece = { text: string; hit: boolean }
type Hit = { type: string; id: number; title: string; caseId: number | null; excerpt: Piece[]; titlePieces: Piece[] }
type Page = {
  items: Hit[]
  next: string | null
  parts: { text: string; kind: string; unknown: boolean }[]
  corrected: string | null
}
type Who = RoleKey | 'outsider'

const results = async (who: Who, q: string, more = ''): Promise<Page> => {
  const answer = await app.as(who)<Page>('GET', `/api/search/results?q=${encodeURIComponent(q)}${more}`)
  expect(answer.status).toBe(200)
  return answer.body
}
const idsOf = async (q: string, more = '', who: Who = 'adviser') =>
  (await results(who, q, more)).items.map(hit => hit.id)

const upload = async (path: string, name: string, content: Buffer | string, type = 'application/octet-stream') => {
  const form = new FormData()
  form.append('file', new Blob([Buffer.from(content)], { type }), name)
  const response = await fetch(`${app.url}${path}`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${app.token('adviser')}` },
  })
  return ((await response.json()) as { id: number }).id
}

type More = Record<string, unknown>
let people = 0
const open = async (subject: string, text: string, more: More = {}) =>
  (
    await app.as('adviser')<{ id: number }>('POST', '/api/cases', {
      subject,
      requester: { name: `Somebody ${++people}`, email: `somebody${people}@example.org` },
      message: { text },
      teamId: app.teamId,
      ...more,
    })
  ).body.id

const openWith = async (subject: string, name: string, content: Buffer | string, type?: string) => {
  const id = await upload('/api/attachments', name, content, type)
  return open(subject, 'Please see the file.', { message: { text: 'Please see the file.', attachmentIds: [id] } })
}

const untilFound = (q: string, who: Who = 'adviser') =>
  eventually(async () => {
    const { items } = await results(who, q, '&type=file')
    return items.length > 0 && items
  }, 30_000)

test('a file is found by its name at once and by what it says once it was read; an outsider finds neither', async () => {
  const id = await openWith(
    'A paper',
    'warranty_card-2026.pdf',
    await pdfOf('The zeppelin is guaranteed for ten years'),
  )
  expect(await idsOf('warranty')).toEqual([id])
  expect(await idsOf('Warranty_Card-2026.pdf')).toEqual([id])
  const [file] = await untilFound('zeppelins')
  expect(file).toMatchObject({ type: 'file', title: 'warranty_card-2026.pdf', caseId: id })
  expect(file?.excerpt.find(piece => piece.hit)?.text).toBe('zeppelin')
  expect(await idsOf('zeppelin')).toEqual([id])
  for (const type of ['case', 'file']) {
    expect((await results('outsider', 'zeppelin', `&type=${type}`)).items).toEqual([])
    expect((await results('outsider', 'warranty', `&type=${type}`)).items).toEqual([])
  }
})

test('letters, sheets, pages and tables are read, each in its language, without card numbers', async () => {
  const letter = await openWith(
    'A letter',
    'letter.docx',
    docxOf('Die Waschmaschinen sind leider undicht und laufen aus'),
  )
  await untilFound('Waschmaschine')
  expect(await idsOf('Waschmaschine')).toEqual([letter])
  const sheet = zipOf({
    'xl/workbook.xml': '<w/>',
    'xl/sharedStrings.xml': '<sst><si><t>hovercraft 4111 1111 1111 1111</t></si></sst>',
  })
  await openWith('A sheet', 'stock.xlsx', sheet)
  await untilFound('hovercraft')
  expect((await results('adviser', '"4111 1111"', '&type=file')).items).toEqual([])
  await openWith('A page', 'page.html', '<p>gyroscope <b>inside</b></p>', 'text/html')
  await untilFound('gyroscope')
  await openWith('A table', 'rows.csv', 'part;price\nflywheel;12', 'text/csv')
  await untilFound('flywheel')
})

test('a broken file and a bomb are noted and leave everything else alone', async () => {
  await openWith('Broken', 'broken.pdf', '%PDF-1.7 broken')
  await openWith('Bomb', 'bomb.docx', zipOf({ 'word/document.xml': Buffer.alloc(120 * 1024 * 1024) }))
  await openWith('After', 'after.txt', 'a periscope', 'text/plain')
  await untilFound('periscope')
  const { rows } = await app.program.kernel.database.owner.query(
    `select a.name, t.problem from file_texts t join attachments a on a.sha256 = t.sha256 where t.problem is not null order by 1`,
  )
  expect(rows).toEqual([
    { name: 'bomb.docx', problem: 'too_large' },
    { name: 'broken.pdf', problem: 'broken' },
  ])
  const { rows: jobs } = await app.program.kernel.database.owner.query(
    'select last_error from graphile_worker.jobs where last_error is not null',
  )
  expect(jobs).toEqual([])
})

test('a file of a draft, or of a reply that was taken back, is not found', async () => {
  const id = await open('With a draft', 'Nothing yet')
  const draft = await upload(`/api/cases/${id}/drafts/reply/attachments`, 'sextant.txt', 'sextant')
  expect(await idsOf('sextant')).toEqual([])
  const sent = await app.as('adviser')<{ id: number }>('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'Here it is',
    channel: 'letter',
    attachmentIds: [draft],
  })
  expect(await idsOf('sextant')).toEqual([id])
  // A letter is noted, not posted, so no job races with this; it is taken back as if it had waited.
  await app.program.kernel.database.owner.query("update messages set delivery = 'waiting' where id = $1", [
    sent.body.id,
  ])
  const undone = await app.as('adviser')('POST', `/api/messages/${sent.body.id}/undo`, {})
  expect(undone.status).toBe(200)
  expect(await idsOf('sextant', '&type=file')).toEqual([])
})

test('files follow their case through a merge and back, and a split', async () => {
  const [a, b] = [await open('Kept', 'First'), await openWith('Merged away', 'astrolabe.txt', 'astrolabe')]
  const merged = await app.as('supervisor')<{ mergeId?: number; id: number }>('POST', `/api/cases/${a}/merge`, {
    sourceId: b,
    share: 'separate',
  })
  expect(merged.status, JSON.stringify(merged.body)).toBeLessThan(300)
  expect(await idsOf('astrolabe')).toEqual([a])
  expect((await results('adviser', 'astrolabe', '&type=file')).items.map(hit => hit.caseId)).toEqual([a])
  const { items } = (await app.as('adviser')<{ items: { id: number }[] }>('GET', `/api/cases/${a}/messages`)).body
  const split = await app.as('supervisor')<{ id: number }>('POST', `/api/cases/${a}/split`, {
    messageIds: [items[1]?.id],
    subject: 'Apart again',
  })
  expect(await idsOf('astrolabe')).toEqual([split.body.id])
})

test('every filter of the language means what it says', async () => {
  await app.as('administrator')('POST', '/api/custom-fields', { key: 'orders', label: 'Orders', type: 'number' })
  const topic = 'quokka'
  const one = await open(`Blue ${topic} chair`, 'It wobbles', {
    kind: 'complaint',
    severity: 4,
    tags: ['vip'],
    assigneeId: 'me',
    custom: { orders: 7 },
  })
  const two = await open(`Red ${topic} lamp`, 'It is dark here', { kind: 'fault', solved: true })
  const found = async (q: string) => (await idsOf(`${topic} ${q}`)).toSorted((x, y) => x - y)
  const both = [one, two]
  expect(await found('')).toEqual(both)
  expect(await found('kind:complaint')).toEqual([one])
  expect(await found('kind:complaint kind:fault')).toEqual(both)
  expect(await found('kind:complaint status:solved')).toEqual([])
  expect(await found('-kind:complaint')).toEqual([two])
  expect(await found('severity>=3')).toEqual([one])
  expect(await found('priority<3')).toEqual([two])
  expect(await found('tag:vip')).toEqual([one])
  expect(await found('tags:none')).toEqual([two])
  expect(await found('assignee:me')).toEqual([one])
  expect(await found('assignee:none')).toEqual([two])
  expect(await found('assignee:*')).toEqual([one])
  expect(await found('assignee:adviser@trial.test')).toEqual([one])
  expect(await found('is:open')).toEqual([one])
  expect(await found('custom.orders>5')).toEqual([one])
  expect(await found('custom.orders:none')).toEqual([two])
  expect(await found('custom_field_orders:7')).toEqual([one])
  expect(await found('fieldvalue:7')).toEqual([one])
  expect(await found('priority:urgent')).toEqual([one])
  expect(await found('priority<high')).toEqual([two])
  expect(await found('subject:lam')).toEqual([two])
  expect(await found('-subject:lamp')).toEqual([one])
  expect(await found('subject:"blue quokka"')).toEqual([one])
  expect(await found('description:dark')).toEqual([two])
  expect(await found(`number>${one}`)).toEqual([two])
  expect(await found('created>1day')).toEqual(both)
  expect(await found('created<1day')).toEqual([])
  expect(await found('created>=2000-01-01')).toEqual(both)
  expect(await found('created<2000-01-01')).toEqual([])
  expect(await found('created>2000-01-01T10:00:00Z')).toEqual(both)
  expect(await found('created<=2000-01-01T10:00')).toEqual([])
  expect(await found('created>1year')).toEqual(both)
  expect(await found('has:attachment')).toEqual([])
  expect(await found('has_attachment:no')).toEqual(both)
  expect(await found('wobb*')).toEqual([one])
  expect(await found('"is dark"')).toEqual([two])
  expect(await found('-dark')).toEqual([one])
  expect(await found('type:person')).toEqual([])
  expect(await found('status:purple')).toEqual([])
  expect(await idsOf(`${topic} sort:created`)).toEqual([two, one])
  expect(await idsOf(`${topic} order_by:created sort:asc`)).toEqual([one, two])
  expect(await idsOf(`kind:complaint severity:4 tag:vip`)).toEqual([one])
  expect((await idsOf(String(two)))[0]).toBe(two)
})

test('who takes part is found: who wrote, who is copied in, whose organisation it is', async () => {
  const call = app.as('adviser')
  const id = await open('The wombat matter', 'Hello')
  await call('POST', `/api/cases/${id}/messages`, { kind: 'note', text: 'I looked into it' })
  await call('POST', `/api/cases/${id}/messages`, {
    kind: 'reply',
    text: 'Here you are',
    copyTo: [{ address: 'copied@example.org', name: 'Carl Copied' }],
  })
  expect(await idsOf('wombat commenter:me')).toEqual([id])
  expect(await idsOf('wombat commenter:supervisor@trial.test')).toEqual([])
  expect(await idsOf('wombat commenter:somebody')).toEqual([id])
  // Somebody who wrote very much is looked for in another way.
  const { owner } = app.program.kernel.database
  const other = await open('The numbat matter', 'Hello')
  await app.as('supervisor')('POST', `/api/cases/${other}/messages`, { kind: 'note', text: 'And again' })
  const { rows } = await owner.query<{ names: string }>(`select string_agg(quote_ident(column_name), ', ') as names
    from information_schema.columns where table_name = 'messages' and column_name <> 'id' and is_generated = 'NEVER'`)
  const { names } = rows[0] as { names: string }
  await owner.query(
    `insert into messages (${names}) select ${names} from messages, generate_series(1, 2001) where case_id = $1 and staff_id is not null`,
    [other],
  )
  expect(await idsOf('numbat commenter:supervisor@trial.test')).toEqual([other])
  expect(await idsOf('numbat -commenter:supervisor@trial.test')).toEqual([])
  expect(await idsOf('wombat cc:copied@example.org')).toEqual([id])
  expect(await idsOf('wombat cc:nobody@example.org')).toEqual([])
  expect(await idsOf('wombat -cc:*')).toEqual([])
  expect(await idsOf('wombat organisation:none')).toEqual([id])
})

test('pages of a search hold each case once and leave none out, in every order', async () => {
  const ids: number[] = []
  for (let n = 0; n < 9; n++) ids.push(await open(`Narwhal ${n}`, `A narwhal, number ${n}`))
  // One case has more matching messages than a page looks at.
  for (let n = 0; n < 12; n++)
    await app.as('adviser')('POST', `/api/cases/${ids[4]}/messages`, { kind: 'note', text: `narwhal again ${n}` })
  for (const q of [
    'narwhal',
    'narwhal sort:asc',
    'narwhal sort:created',
    'narwhal order_by:created sort:asc',
    'subject:narwhal',
  ]) {
    const seen: number[] = []
    let cursor = ''
    do {
      const { items, next } = await results(
        'adviser',
        q,
        `&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      seen.push(...items.map(hit => hit.id))
      cursor = next ?? ''
    } while (cursor)
    expect(
      seen.toSorted((a, b) => a - b),
      q,
    ).toEqual(ids)
  }
})

test('a case that is given another subject is found by that one, in the languages of its messages', async () => {
  const id = await open('A kingfisher', 'The window does not close')
  const german = await open('Ein Eisvogel', 'Das Fenster schließt nicht, und es regnet in die Werkstatt hinein')
  const rename = async (one: number, subject: string) =>
    expect((await app.as('adviser')('PATCH', `/api/cases/${one}`, { subject })).status).toBe(200)
  await rename(id, 'Two ospreys')
  await rename(german, 'Mehrere Fischadler')
  expect(await idsOf('subject:kingfisher')).toEqual([])
  expect(await idsOf('subject:osprey')).toEqual([id])
  expect(await idsOf('osprey window')).toEqual([id])
  expect(await idsOf('subject:eisvogel')).toEqual([])
  expect(await idsOf('fischadler fenster')).toEqual([german])
  await eventually(async () => (await results('adviser', 'ospreis')).corrected === 'ospreys')
})

test('people are found by what is known of them, and cases by whose they are, also where a name is misspelt', async () => {
  const requester = { name: 'Carlos Mendes', email: 'carlos@quince.example', phone: '0161 496 0777' }
  const id = await open('The bandicoot matter', 'Hello', { requester })
  const other = await open('The other bandicoot matter', 'Hello')
  const persons = async (q: string) => (await results('adviser', q, '&type=person')).items.map(hit => hit.title)
  expect(await persons('email:quince.example')).toEqual(['Carlos Mendes'])
  expect(await persons('phone:"0161 496 0777"')).toEqual(['Carlos Mendes'])
  expect(await persons('name:mendes -email:none')).toEqual(['Carlos Mendes'])
  expect(await persons('email:quince.example -name:carlos')).toEqual([])
  expect(await persons('email:quince.example external_id:*')).toEqual([])
  expect(await persons('email:quince.example status:open')).toEqual([])
  expect(await persons('crlos')).toEqual(['Carlos Mendes'])
  expect(await idsOf('bandicoot email:quince.example')).toEqual([id])
  expect(await idsOf('bandicoot -email:quince.example')).toEqual([other])
  expect(await idsOf('bandicoot phone:1614960777')).toEqual([id])
  expect(await idsOf('bandicoot requester:mendez')).toEqual([id])
  expect(await idsOf('bandicoot requester:"Crlos Mendez"')).toEqual([id])
  expect(await idsOf('bandicoot submitter:me')).toHaveLength(2)
  expect(await idsOf('bandicoot submitter:mendes')).toEqual([])
})

test('a misspelt word is looked for as it is spelt in subjects one may see', async () => {
  const id = await open('The armadillo enclosure', 'Its gate is open')
  expect((await results('adviser', 'armadillos')).items[0]?.titlePieces).toEqual([
    { text: 'The ', hit: false },
    { text: 'armadillo', hit: true },
    { text: ' enclosure', hit: false },
  ])
  await eventually(async () => (await results('adviser', 'armadilo')).corrected)
  expect(await results('adviser', 'armadilo')).toMatchObject({ corrected: 'armadillo', items: [{ id }] })
  const inPalette = async (who: Who) =>
    (await app.as(who)<{ items: Hit[] }>('GET', '/api/search?q=armadilo')).body.items.map(hit => hit.id)
  expect(await inPalette('adviser')).toEqual([id])
  expect(await inPalette('outsider')).toEqual([])
  expect(await results('outsider', 'armadilo')).toMatchObject({ corrected: null, items: [] })
})

test('what was typed comes back part by part, and suggestions go on with it', async () => {
  const { parts } = await results('adviser', 'chair status:open -"not this" sort:created')
  expect(parts.map(part => `${part.kind} ${part.text}`)).toEqual([
    'text chair',
    'filter status:open',
    'text -"not this"',
    'sort sort:created',
  ])
  const unknown = async (q: string) =>
    (await results('adviser', q)).parts.filter(part => part.unknown).map(part => part.text)
  expect(
    await unknown('chair status:purple -kind:none severity:huge created>someday is:odd created>=2026-13-01'),
  ).toEqual(['status:purple', 'severity:huge', 'created>someday', 'is:odd', 'created>=2026-13-01'])
  expect(await unknown('status:open severity>2 created>3days assignee:me tag:new is:open language:de')).toEqual([])
  const suggest = async (q: string) =>
    (
      await app.as('adviser')<{ items: { text: string; q: string }[] }>(
        'GET',
        `/api/search/suggestions?q=${encodeURIComponent(q)}`,
      )
    ).body.items
  expect((await suggest('chair sta')).map(one => one.q)).toEqual(
    expect.arrayContaining(['chair status:', 'chair stage:']),
  )
  expect((await suggest('chair status:so')).map(one => one.q)).toEqual(['chair status:solved '])
  expect((await suggest('assignee:super')).map(one => one.q)).toEqual(['assignee:"Some supervisor" '])
  expect((await suggest('chair assignee:"Some superv')).map(one => one.q)).toEqual([
    'chair assignee:"Some supervisor" ',
  ])
  expect((await suggest('-tag:vi')).map(one => one.q)).toEqual(['-tag:vip '])
  expect((await suggest('priority:u')).map(one => one.text)).toEqual(['urgent'])
  expect((await suggest('Somebody 1')).some(one => one.text.startsWith('Somebody'))).toBe(true)
})
