import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RoleKey, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Shown = { number: number; title: string; html: string; audience: string; files: { id: number; url: string }[] }
type Article = {
  id: number
  state: string
  version: number
  newestNumber: number
  publishedNumber: number | null
  owner: { id: number; name: string; left: boolean }
  shown: Shown
  can: string[]
  helped: number
  notHelped: number
  publicPath: string | null
  translations: { id: number; language: string }[]
}
type Problem = { detail: string; errors?: { field: string; message: string }[] }
type Page = { items: { id: number; title: string; state: string }[]; next: string | null; corrected: string | null }
type Who = RoleKey | 'outsider'

const lamp = {
  title: 'How to change the bulb of a reading lamp',
  html: '<h2>Before you begin</h2><p>Switch the <strong>lamp</strong> off and let it cool.</p>',
  kind: 'instructive',
  audience: 'public',
}

const write = (who: Who, more: object = {}) =>
  app.as(who)<Article & Problem>('POST', '/api/articles', { ...lamp, ...more })
const act = (who: Who, id: number, what: string, body: object = {}) =>
  app.as(who)<Article & Problem>('POST', `/api/articles/${id}/${what}`, body)
const get = (who: Who, id: number, query = '') => app.as(who)<Article & Problem>('GET', `/api/articles/${id}${query}`)
const list = async (who: Who, query: string) => (await app.as(who)<Page>('GET', `/api/articles?${query}`)).body

/** Written by the adviser, checked and published by the supervisor. */
const published = async (more: object = {}) => {
  const { body } = await write('adviser', more)
  await act('adviser', body.id, 'submit')
  const done = await act('supervisor', body.id, 'approve', { publish: true })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return done.body
}

describe('from draft to published', () => {
  test('an article is written, checked by somebody else and published; each step says what may be done next', async () => {
    const drafted = await write('adviser')
    expect(drafted.status, JSON.stringify(drafted.body)).toBe(201)
    const { id } = drafted.body
    expect(drafted.body).toMatchObject({ state: 'draft', can: ['edit', 'submit', 'archive'], publishedNumber: null })
    expect((await get('receptionist', id)).status).toBe(404)
    expect((await act('adviser', id, 'publish')).status).toBe(409)
    expect((await act('adviser', id, 'submit')).body.state).toBe('in_review')
    expect((await get('supervisor', id)).body.can).toContain('approve')
    const back = await act('supervisor', id, 'return', { reason: 'Say how long it has to cool.' })
    expect(back.body).toMatchObject({ state: 'draft', shown: { returnedReason: 'Say how long it has to cool.' } })
    await app.as('adviser')('PATCH', `/api/articles/${id}`, { html: `${lamp.html}<p>Ten minutes are enough.</p>` })
    await act('adviser', id, 'submit')
    expect((await act('supervisor', id, 'approve')).body).toMatchObject({ state: 'approved', publishedNumber: null })
    expect((await get('receptionist', id)).status).toBe(404)
    const live = await act('adviser', id, 'publish')
    expect(live.body).toMatchObject({ state: 'published', publishedNumber: 2 })
    expect(live.body.publicPath).toBe(`/help/articles/${id}-how-to-change-the-bulb-of-a-reading-lamp`)
    expect((await get('receptionist', id)).body).toMatchObject({ can: [], shown: { number: 2 } })
    const { rows } = await app.program.kernel.database.owner.query(
      `select type from events where subject_kind = 'article' and subject_id = $1 order by id`,
      [id],
    )
    expect(rows.map(row => row.type)).toEqual([
      'article.drafted',
      'article.submitted',
      'article.returned',
      'article.written',
      'article.submitted',
      'article.approved',
      'article.published',
    ])
  })

  test('nobody approves what they wrote, also not a part of it, and the database says the same', async () => {
    const { body } = await write('supervisor')
    await act('supervisor', body.id, 'submit')
    const own = await act('supervisor', body.id, 'approve')
    expect([own.status, own.body.detail]).toEqual([
      403,
      'You wrote some of this yourself. Somebody else has to check it.',
    ])
    expect((await get('supervisor', body.id)).body.can).not.toContain('approve')
    // A correction by somebody else does not make the first writer a checker.
    await app.as('line_manager')('PATCH', `/api/articles/${body.id}`, { title: 'How to change a bulb' })
    await act('line_manager', body.id, 'submit')
    expect((await act('supervisor', body.id, 'approve')).status).toBe(403)
    expect((await act('line_manager', body.id, 'approve')).status).toBe(403)
    const owner = app.program.kernel.database.owner
    const cheat = (set: string) =>
      owner.query(`update article_versions set ${set} where article_id = ${body.id} and number = 2`)
    await expect(cheat(`approved_by = ${app.staffId('supervisor')}, approved_at = now()`)).rejects.toThrow(
      'maker_is_never_checker',
    )
    await expect(cheat(`state = 'published'`)).rejects.toThrow('approved_before_published')
    await expect(cheat(`html = 'other'`)).rejects.toThrow('does not change')
    await expect(cheat(`writer_ids = '{}'`)).rejects.toThrow('does not change')
    await expect(owner.query(`delete from article_versions where article_id = ${body.id}`)).rejects.toThrow('is kept')
    await expect(
      owner.query(
        `update articles set published_version = 2, published_title = 'x', published_audience = 'public' where id = ${body.id}`,
      ),
    ).rejects.toThrow('only what was approved')
    expect((await act('administrator', body.id, 'approve')).body.state).toBe('approved')
    await expect(
      owner.query(
        `update articles set published_version = 2, published_title = 'x', published_audience = 'staff' where id = ${body.id}`,
      ),
    ).rejects.toThrow('to whom it was approved for')
  })

  test('what is published stays while a new version is written and checked', async () => {
    const { id, version } = await published()
    const changed = await app.as('adviser')<Article>('PATCH', `/api/articles/${id}`, {
      title: 'Changing a bulb',
      version,
    })
    expect(changed.body).toMatchObject({ state: 'draft', newestNumber: 2, publishedNumber: 1 })
    expect((await get('receptionist', id)).body.shown.title).toBe(lamp.title)
    expect((await get('receptionist', id, '?number=2')).status).toBe(404)
    expect((await get('adviser', id)).body.shown.title).toBe('Changing a bulb')
    expect((await app.as('adviser')('PATCH', `/api/articles/${id}`, { title: 'Late', version })).status).toBe(412)
    // Whoever wrote what was approved before did not write this: they may check it.
    await act('adviser', id, 'submit')
    await act('supervisor', id, 'approve', { publish: true })
    const again = await app.as('supervisor')<Article>('PATCH', `/api/articles/${id}`, { summary: 'In short.' })
    await act('supervisor', id, 'submit')
    expect(again.body.newestNumber).toBe(3)
    expect((await act('line_manager', id, 'approve', { publish: true })).body.publishedNumber).toBe(3)
    const versions = await app.as('adviser')<{ items: { number: number; state: string }[] }>(
      'GET',
      `/api/articles/${id}/versions`,
    )
    expect(versions.body.items.map(one => [one.number, one.state])).toEqual([
      [3, 'published'],
      [2, 'replaced'],
      [1, 'replaced'],
    ])
    type Compared = { fields: { field: string; after: string }[]; pieces: { text: string; change: string }[] }
    const compared = await app.as('adviser')<Compared>('GET', `/api/articles/${id}/difference?from=1&to=3`)
    expect(compared.body.fields.map(one => one.field)).toEqual(['title', 'summary'])
    expect(compared.body.pieces.every(piece => piece.change === 'same')).toBe(true)
  })

  test('saving the same again makes no version; the archive hides and gives back', async () => {
    const { id } = await published()
    const same = await app.as('adviser')<Article>('PATCH', `/api/articles/${id}`, {
      title: lamp.title,
      html: lamp.html,
    })
    expect(same.body).toMatchObject({ newestNumber: 1, state: 'published' })
    expect((await act('adviser', id, 'archive')).body).toMatchObject({
      state: 'archived',
      can: ['restore'],
      publicPath: null,
    })
    expect((await get('receptionist', id)).status).toBe(404)
    expect((await app.as('adviser')('PATCH', `/api/articles/${id}`, { title: 'x' })).status).toBe(409)
    expect((await act('adviser', id, 'restore')).body.state).toBe('published')
    expect((await get('receptionist', id)).status).toBe(200)
  })
})

describe('who reads what', () => {
  test('what is for a team is for that team and those who see all; drafts are for writers', async () => {
    const { id } = await published({ audience: 'team', teamId: app.teamId, title: 'Where the spare keys are' })
    for (const who of ['receptionist', 'supervisor', 'auditor'] as const)
      expect((await get(who, id)).status, who).toBe(200)
    expect((await get('outsider', id)).status).toBe(404)
    expect((await list('outsider', 'q=spare keys')).items).toEqual([])
    expect((await list('receptionist', 'q=spare keys')).items.map(item => item.id)).toEqual([id])
    for (const what of ['submit', 'archive', 'publish'])
      expect((await act('outsider', id, what)).status, what).toBe(404)
    expect((await app.as('outsider')('GET', `/api/articles/${id}/versions`)).status).toBe(404)
    expect((await app.as('outsider')('GET', `/api/articles/${id}/difference?from=1&to=1`)).status).toBe(404)
    expect((await app.as('outsider')('PUT', `/api/articles/${id}/helped`, { helped: true })).status).toBe(404)
    const draft = await write('adviser', { title: 'Zymurgy for beginners' })
    expect((await list('receptionist', 'q=zymurgy')).items).toEqual([])
    expect((await list('receptionist', 'state=draft')).items).toEqual([])
    expect((await list('adviser', 'q=zymurgy')).items.map(item => item.id)).toEqual([draft.body.id])
    expect((await app.as('receptionist')('GET', `/api/articles/${draft.body.id}/versions`)).status).toBe(403)
  })

  test('a new version for fewer readers hides nothing of the old, and shows nothing of the new', async () => {
    const { id } = await published({ title: 'Opening hours of the shop' })
    await app.as('adviser')('PATCH', `/api/articles/${id}`, {
      audience: 'team',
      teamId: app.teamId,
      html: '<p>The alarm code is quixotic.</p>',
    })
    const seen = await get('outsider', id)
    expect(seen.body).toMatchObject({ shown: { number: 1 }, can: [] })
    expect(JSON.stringify(seen.body)).not.toContain('quixotic')
    expect((await list('outsider', 'q=quixotic')).items).toEqual([])
    expect((await get('outsider', id, '?number=2')).status).toBe(404)
    expect((await act('outsider', id, 'submit')).status).toBe(404)
  })

  test('files go with the version that shows them, and to nobody else', async () => {
    const form = () => {
      const data = new FormData()
      data.append('file', new Blob(['cooling times']), 'times.txt')
      return data
    }
    const upload = async (who: Who) => {
      const response = await fetch(`${app.url}/api/article-files`, {
        method: 'POST',
        body: form(),
        headers: { authorization: `Bearer ${app.token(who)}` },
      })
      return (await response.json()) as { id: number; url: string }
    }
    const file = await upload('adviser')
    expect((await app.as('supervisor')('GET', file.url)).status).toBe(404)
    expect((await write('supervisor', { fileIds: [file.id] })).body.errors?.[0]?.field).toBe('fileIds')
    const article = await published({
      fileIds: [file.id],
      html: `<p>See</p><img src="${file.url}" alt="Times"><img src="https://tracker.test/x.png"><script>x()</script>`,
    })
    expect(article.shown.html).toBe(`<p>See</p><img src="${file.url}" alt="Times" />`)
    expect(article.shown.files.map(one => one.id)).toEqual([file.id])
    expect((await app.as('receptionist')<string>('GET', file.url)).body).toBe('cooling times')
    const other = await write('adviser', { fileIds: [file.id] })
    expect(other.body.errors?.[0]?.field).toBe('fileIds')
    const secret = await upload('adviser')
    await app.as('adviser')('PATCH', `/api/articles/${article.id}`, { fileIds: [file.id, secret.id] })
    expect((await app.as('receptionist')('GET', secret.url)).status).toBe(404)
    expect((await app.as('supervisor')('GET', secret.url)).status).toBe(200)
  })
})

describe('looking after articles', () => {
  test('an article cannot be given to somebody who left; what they owned is listed as without an owner', async () => {
    const made = await app.as('administrator')<{ id: number; version: number }>('POST', '/api/staff', {
      name: 'Gone Soon',
      email: 'gone@trial.test',
      password: 'a long enough password',
      roleId: (
        await app.as('administrator')<{ items: { id: number; key: string }[] }>('GET', '/api/roles')
      ).body.items.find(role => role.key === 'adviser')?.id,
      teamIds: [app.teamId],
    })
    const { body } = await write('adviser', { ownerId: made.body.id, title: 'Kept by somebody who goes' })
    expect(body.owner).toMatchObject({ name: 'Gone Soon', left: false })
    await app.as('administrator')('PATCH', `/api/staff/${made.body.id}`, { ended: true })
    expect((await get('adviser', body.id)).body.owner.left).toBe(true)
    expect((await list('adviser', 'needs=owner')).items.map(item => item.id)).toEqual([body.id])
    const refused = await write('adviser', { ownerId: made.body.id })
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toEqual([
      { field: 'ownerId', message: 'Gone Soon has left. Choose somebody who is here.' },
    ])
    const moved = await app.as('adviser')<Problem>('PATCH', `/api/articles/${body.id}`, { ownerId: made.body.id + 999 })
    expect(moved.body.errors?.[0]?.field).toBe('ownerId')
    await app.as('adviser')('PATCH', `/api/articles/${body.id}`, { ownerId: app.staffId('adviser') })
    expect((await list('adviser', 'needs=owner')).items).toEqual([])
  })

  test('a review that is overdue is listed; translations share a group, one for each language', async () => {
    const { id } = await published({ title: 'Care of wood', reviewOn: '2020-02-29' })
    await write('adviser', { title: 'Care of glass', reviewOn: '2999-01-01' })
    expect((await list('adviser', 'needs=review')).items.map(item => item.id)).toEqual([id])
    const german = await write('adviser', { title: 'Pflege von Holz', language: 'de', translationOf: id })
    expect(german.body.translations).toMatchObject([{ id, language: 'en' }])
    expect((await get('adviser', id)).body.translations).toMatchObject([{ id: german.body.id, language: 'de' }])
    expect((await get('receptionist', id)).body.translations).toEqual([])
    const twice = await write('adviser', { title: 'Holzpflege', language: 'de', translationOf: id })
    expect(twice.body.errors?.[0]?.field).toBe('language')
    expect((await list('adviser', 'language=de')).items.map(item => item.id)).toEqual([german.body.id])
  })

  test('the review date is a promise of the owner: moved, kept when it was looked through, and taken back in the archive', async () => {
    const promises = async (id: number) =>
      (
        await app.program.kernel.database.owner.query(
          `select by_staff_id as by, to_char(due_at at time zone 'Europe/London', 'YYYY-MM-DD') as due, outcome from promises
            where subject_kind = 'article' and kind = 'review' and subject_id = $1 order by id`,
          [id],
        )
      ).rows
    const [adviser, supervisor] = [app.staffId('adviser'), app.staffId('supervisor')]
    const { id } = await published({ title: 'Promised', reviewOn: '2998-06-30' })
    expect(await promises(id)).toEqual([{ by: adviser, due: '2998-06-30', outcome: null }])
    await app.as('adviser')('PATCH', `/api/articles/${id}`, { reviewOn: '2998-12-31' })
    expect(await promises(id)).toEqual([{ by: adviser, due: '2998-12-31', outcome: null }])
    await app.as('adviser')('PATCH', `/api/articles/${id}`, { ownerId: supervisor })
    expect(await promises(id)).toMatchObject([
      { outcome: 'withdrawn' },
      { by: supervisor, due: '2998-12-31', outcome: null },
    ])
    expect((await act('supervisor', id, 'reviewed', { reviewOn: '2999-06-30' })).status).toBe(200)
    expect((await promises(id)).map(one => [one.due, one.outcome])).toEqual([
      ['2998-12-31', 'withdrawn'],
      ['2998-12-31', 'kept'],
      ['2999-06-30', null],
    ])
    await act('adviser', id, 'archive')
    expect((await promises(id)).at(-1)?.outcome).toBe('withdrawn')
    expect((await act('adviser', id, 'reviewed', { reviewOn: null })).status).toBe(409)
    await act('adviser', id, 'restore')
    expect((await promises(id)).at(-1)).toEqual({ by: supervisor, due: '2999-06-30', outcome: null })
  })

  test('each mistake names its field', async () => {
    const wrong: [object, string][] = [
      [{ title: ' ' }, 'title'],
      [{ kind: 'gossip' }, 'kind'],
      [{ source: 'rumour' }, 'source'],
      [{ audience: 'everyone' }, 'audience'],
      [{ audience: 'team' }, 'teamId'],
      [{ audience: 'team', teamId: 999_999 }, 'teamId'],
      [{ audience: 'team', teamId: app.otherTeamId }, 'teamId'],
      [{ audience: 'staff', teamId: app.teamId }, 'teamId'],
      [{ language: 'english' }, 'language'],
      [{ reviewOn: '2026-02-30' }, 'reviewOn'],
      [{ topicIds: [999_999] }, 'topicIds'],
      [{ fileIds: [999_999] }, 'fileIds'],
      [{ translationOf: 999_999 }, 'translationOf'],
      [{ gapId: 999_999 }, 'gapId'],
      [{ html: 'x'.repeat(200_001) }, 'html'],
      [{ owner: 1 }, 'owner'],
    ]
    for (const [more, field] of wrong) {
      const { status, body } = await write('adviser', more)
      expect([status, body.errors?.[0]?.field], JSON.stringify(more).slice(0, 80)).toEqual([422, field])
    }
    expect(((await list('adviser', 'cursor=nonsense')) as unknown as Problem).errors?.[0]?.field).toBe('cursor')
    const empty = await write('adviser', { html: '<p> </p>' })
    expect((await act('adviser', empty.body.id, 'submit')).status).toBe(409)
  })
})

describe('finding', () => {
  test('words are found in their language, misspelt titles too, page by page, with what was looked for marked', async () => {
    const refund = await published({ title: 'Refunds after thirty days', html: '<p>We pay back by bank transfer.</p>' })
    expect((await list('receptionist', 'q=refund')).items.map(item => item.id)).toEqual([refund.id])
    expect((await list('receptionist', 'q=refu')).items.map(item => item.id)).toEqual([refund.id])
    expect((await list('receptionist', 'q=paying transfers')).items.map(item => item.id)).toEqual([refund.id])
    const misspelt = await list('receptionist', 'q=refnuds')
    expect([misspelt.items.map(item => item.id), misspelt.corrected]).toEqual([[refund.id], 'refunds'])
    const marked = await list('receptionist', 'q=transfer')
    expect(marked.items[0]).toMatchObject({ excerpt: expect.arrayContaining([{ text: 'transfer', hit: true }]) })
    for (const n of [1, 2, 3, 4, 5]) await published({ title: `Umbrella stand ${n}`, html: '<p>umbrella</p>' })
    const seen: number[] = []
    let cursor = ''
    do {
      const page = await list('receptionist', `q=umbrella&limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(item => item.id))
      cursor = page.next ?? ''
    } while (cursor)
    expect([seen.length, new Set(seen).size]).toEqual([5, 5])
  })

  test('a search without result is counted without who asked; it becomes a draft, or is dismissed with a reason', async () => {
    const note = (who: Who, q: string) => app.as(who)<{ found: boolean }>('POST', '/api/articles/searches', { q })
    type Gaps = {
      items: { id: number; words: string; staffTimes: number; article: { id: number } | null; reason: string | null }[]
    }
    const open = async (state = 'open') =>
      (await app.as('adviser')<Gaps>('GET', `/api/article-gaps?state=${state}`)).body.items
    await note('receptionist', 'Xylophone tuning')
    await note('adviser', 'tuning xylophone! tuning')
    await note('adviser', 'xylophone tuning of ana@example.org order 4711')
    expect((await note('receptionist', 'umbrella')).body.found).toBe(true)
    const words = (await open()).map(gap => [gap.words, gap.staffTimes])
    expect(words).toContainEqual(['xylophone tuning', 1])
    expect(JSON.stringify(words)).not.toMatch(/ana|4711|umbrella/)
    const gap = (await open()).find(one => one.words === 'xylophone tuning')
    const draft = await write('adviser', { title: 'Tuning a xylophone', gapId: gap?.id })
    expect(draft.status).toBe(201)
    expect((await open('drafted')).map(one => one.article?.id)).toEqual([draft.body.id])
    expect((await write('adviser', { gapId: gap?.id })).body.errors?.[0]?.field).toBe('gapId')
    const other = (await open())[0]
    expect(
      (await app.as('adviser')<Problem>('POST', `/api/article-gaps/${other?.id}/dismiss`, { reason: ' ' })).body
        .errors?.[0]?.field,
    ).toBe('reason')
    expect(
      (await app.as('receptionist')('POST', `/api/article-gaps/${other?.id}/dismiss`, { reason: 'x' })).status,
    ).toBe(403)
    expect(
      (await app.as('adviser')('POST', `/api/article-gaps/${other?.id}/dismiss`, { reason: 'We do not do this.' }))
        .status,
    ).toBe(200)
    expect(
      (await app.as('adviser')('POST', `/api/article-gaps/${other?.id}/dismiss`, { reason: 'Again' })).status,
    ).toBe(409)
    expect((await open('dismissed')).map(one => one.reason)).toEqual(['We do not do this.'])
  })

  test('each colleague says once whether it helped, and may think again', async () => {
    const { id } = await published({ title: 'Counting voices' })
    const say = (who: Who, helped: boolean) => app.as(who)('PUT', `/api/articles/${id}/helped`, { helped })
    await Promise.all([
      say('receptionist', true),
      say('adviser', true),
      say('driver', false),
      say('receptionist', true),
    ])
    expect((await get('adviser', id)).body).toMatchObject({ helped: 2, notHelped: 1, myAnswer: true })
    await say('adviser', false)
    expect((await get('adviser', id)).body).toMatchObject({ helped: 1, notHelped: 2, myAnswer: false })
  })
})

describe('beside a case', () => {
  type Beside = { items: { id: number; title: string; publicPath: string | null; usedHere: boolean }[] }
  const open = async (subject: string, text: string, more: object = {}) => {
    const requester = { name: 'Vera Holm', email: 'vera@example.org' }
    const asked = { subject, channel: 'email', requester, message: { text }, teamId: app.teamId, ...more }
    return (await app.as('adviser')<{ id: number }>('POST', '/api/cases', asked)).body.id
  }
  const beside = async (who: Who, id: number) =>
    (await app.as(who)<Beside>('GET', `/api/cases/${id}/articles`)).body.items

  test('articles are suggested by the words, the topic and the product of a case, and by nothing that all have', async () => {
    const { rows } = await app.program.kernel.database.owner.query(
      `insert into products (kind, name, number, created_at) values ('product', 'Nightjar 5', 'NJ-5', now()) returning id`,
    )
    const topic = (await app.as('adviser')<{ items: { id: number }[] }>('GET', '/api/article-topics')).body.items[0]?.id
    const kettle = await published({ title: 'Descaling a kettle', html: '<p>Use vinegar and rinse twice.</p>' })
    const byTopic = await published({ title: 'Quite another matter', html: '<p>Nothing of it.</p>', topicIds: [topic] })
    const byProduct = await published({ title: 'A hum', html: '<p>Turn it round.</p>', productIds: [rows[0].id] })
    const hidden = await write('adviser', { title: 'Descaling a kettle by heart' })
    const id = await open('Kettle full of limescale', 'How do I go about descaling it? The lamp is fine.')
    const titles = (await beside('adviser', id)).map(one => one.title)
    expect(titles[0]).toBe('Descaling a kettle')
    expect(titles).not.toContain('Quite another matter')
    expect((await beside('adviser', id)).map(one => one.id)).not.toContain(hidden.body.id)
    const about = await open('It hums', 'My nightjar 5 makes a noise.', { topicId: topic })
    const found = (await beside('adviser', about)).map(one => one.id)
    expect(found).toEqual(expect.arrayContaining([byTopic.id, byProduct.id]))
    expect(found).not.toContain(kettle.id)
    expect(await beside('adviser', await open('Hm', 'Hello?'))).toEqual([])
    expect((await app.as('outsider')('GET', `/api/cases/${id}/articles`)).status).toBe(404)
  })

  test('an article is used as text or as a link, once each time, in the case and on the article', async () => {
    const article = await published({
      title: 'Washing a rug',
      html: '<h2>First</h2><p>Shake &amp; <strong>brush</strong>.</p><table><tbody><tr><th>Wool</th><td>30°</td></tr></tbody></table>',
    })
    const id = await open('Rug', 'How do I wash a rug?')
    const use = (who: Who, articleId: number, how: string) =>
      app.as(who)<{ title: string; html: string } & Problem>('POST', `/api/cases/${id}/articles`, { articleId, how })
    const text = await use('adviser', article.id, 'text')
    expect(text.body.html).toBe(
      '<p><strong>First</strong></p><p>Shake &amp; <strong>brush</strong>.</p><p>Wool · 30°</p>',
    )
    const link = await use('adviser', article.id, 'link')
    expect(link.body.html).toContain(`/help/articles/${article.id}-washing-a-rug">Washing a rug</a>`)
    expect((await get('adviser', article.id)).body).toMatchObject({ used: 2 })
    expect((await beside('adviser', id)).find(one => one.id === article.id)?.usedHere).toBe(true)
    const timeline = await app.as('adviser')<{ items: { sentence: string }[] }>('GET', `/api/cases/${id}/timeline`)
    expect(JSON.stringify(timeline.body)).toContain('answered with the article “Washing a rug”')
    const internal = await published({ title: 'Rug prices', audience: 'staff' })
    expect((await use('adviser', internal.id, 'link')).body.errors?.[0]?.field).toBe('how')
    const draft = await write('adviser')
    expect((await use('adviser', draft.body.id, 'text')).status).toBe(404)
    expect((await use('outsider', article.id, 'text')).status).toBe(404)
    expect((await use('auditor', article.id, 'text')).status).toBe(403)
  })
})

test('the search of the workspace finds articles too, with the eyes of whoever asks', async () => {
  const { id } = await published({
    title: 'Theodolite care',
    html: '<p>Wipe the theodolite lens.</p>',
    audience: 'staff',
  })
  await write('adviser', { title: 'Theodolite draft' })
  type Hits = { items: { type: string; id: number; about: string; titlePieces: { text: string; hit: boolean }[] }[] }
  const search = async (who: Who, q: string, type = 'article') =>
    (await app.as(who)<Hits>('GET', `/api/search/results?type=${type}&q=${encodeURIComponent(q)}`)).body.items
  expect(await search('receptionist', 'theodolite')).toMatchObject([
    {
      type: 'article',
      id,
      about: 'staff',
      titlePieces: [
        { text: 'Theodolite', hit: true },
        { text: ' care', hit: false },
      ],
    },
  ])
  expect(await search('adviser', 'theodolite')).toHaveLength(2)
  expect(await search('receptionist', 'type:article theodolite')).toHaveLength(1)
  expect(await search('receptionist', 'status:open theodolite')).toEqual([])
  expect(await search('receptionist', 'theodolite', 'case')).toEqual([])
})
