import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

type Article = { id: number; publicPath: string | null; helped: number; notHelped: number }

const article = async (more: object, publish = true) => {
  const { body, status } = await app.as('adviser')<Article>('POST', '/api/articles', {
    title: 'How to clean a lampshade',
    html: '<p>Brush it. Never use <em>water</em>.</p>',
    kind: 'instructive',
    audience: 'public',
    ...more,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  if (!publish) return body
  await app.as('adviser')('POST', `/api/articles/${body.id}/submit`, {})
  return (await app.as('supervisor')<Article>('POST', `/api/articles/${body.id}/approve`, { publish: true })).body
}

const fetched = (path: string, init: RequestInit = {}) => fetch(`${app.url}${path}`, { redirect: 'manual', ...init })
const page = async (path: string, init: RequestInit = {}) => {
  const answer = await fetched(path, init)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const upload = async (name: string) => {
  const form = new FormData()
  form.append('file', new Blob(['how to']), name)
  const headers = { authorization: `Bearer ${app.token('adviser')}` }
  const answer = await fetch(`${app.url}/api/article-files`, { method: 'POST', body: form, headers })
  return (await answer.json()) as { id: number; url: string }
}

test('whoever guesses addresses learns nothing: drafts, staff and team articles answer like those that do not exist', async () => {
  const file = await upload('secret.txt')
  const secrets = [
    await article({ title: 'Secret quokka draft', fileIds: [file.id] }, false),
    await article({ title: 'Secret quokka for staff', audience: 'staff' }),
    await article({ title: 'Secret quokka for a team', audience: 'team', teamId: app.teamId }),
    await article({ title: 'Secret quokka archived' }),
  ]
  await app.as('adviser')('POST', `/api/articles/${secrets[3]?.id}/archive`, {})
  const changed = await article({ title: 'Public otter' })
  await app.as('adviser')('PATCH', `/api/articles/${changed.id}`, { title: 'Secret quokka change', audience: 'staff' })
  const nothing = await page('/help/articles/999999')
  expect(nothing.status).toBe(404)
  for (const { id } of secrets) {
    for (const address of [
      `/help/articles/${id}`,
      `/help/articles/${id}-secret-quokka-draft`,
      `/help/articles/${id}?number=1`,
    ]) {
      const answer = await page(address)
      expect([answer.status, answer.text], address).toEqual([404, nothing.text])
    }
    expect((await app.as('nobody')('GET', `/api/help/articles/${id}`)).status).toBe(404)
    // A colleague's session or token changes nothing: the help centre is the same for everybody.
    expect((await app.as('administrator')('GET', `/api/help/articles/${id}`)).status).toBe(404)
    expect((await app.as('nobody')('POST', `/api/help/articles/${id}/helped`, { helped: true })).status).toBe(404)
    expect((await app.as('nobody')('GET', `/api/articles/${id}`)).status).toBe(401)
  }
  expect((await page(`/help/articles/files/${file.id}`)).status).toBe(404)
  for (const path of [
    '/help/articles',
    '/help/articles/search?q=quokka',
    '/sitemap.xml',
    '/api/help/articles?q=quokka',
    '/api/help/articles',
  ])
    expect((await page(path)).text, path).not.toMatch(/Secret/)
  expect((await page('/help/articles/search?q=quoka')).text).not.toMatch(/Secret/)
  expect((await page(`/help/articles/${changed.id}-public-otter`)).text).toContain('Public otter')
  for (const odd of ['0', '-1', '1e3', '01', 'x', '1;drop', '%00', '..%2Farticles', '9'.repeat(30)])
    expect((await page(`/help/articles/${odd}`)).status, odd).toBeGreaterThanOrEqual(400)
})

test('an article is a page without script that says what it is, is kept by those who have it, and can be found', async () => {
  const picture = await upload('shade.png')
  const topics = await app.as('adviser')<{ items: { id: number; name: string }[] }>('GET', '/api/article-topics')
  const made = await article({
    title: 'Lampshades </title><script>alert(1)</script>',
    summary: 'In "short" </script><!--',
    html: `<h2>First</h2><p>Brush.</p><img src="${picture.url}" alt="Brush">`,
    fileIds: [picture.id],
    topicIds: [topics.body.items[0]?.id],
  })
  const german = await article({
    title: 'Lampenschirme',
    language: 'de',
    translationOf: made.id,
    html: '<p>Bürsten.</p>',
  })
  const path = made.publicPath as string
  const shown = await page(path)
  expect(shown.status).toBe(200)
  expect(shown.text).not.toMatch(/<script(?! type="application\/ld\+json")/)
  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(shown.text)?.[1] ?? '') as {
    '@graph': { '@type': string; headline?: string; description?: string }[]
  }
  expect(data['@graph'].map(one => one['@type'])).toEqual(['Article', 'BreadcrumbList'])
  expect(data['@graph'][0]).toMatchObject({
    headline: 'Lampshades </title><script>alert(1)</script>',
    description: 'In "short" </script><!--',
  })
  expect(shown.text).toContain(`<link rel="canonical" href="${app.config.baseUrl}${path}">`)
  expect(shown.text).toContain(`hreflang="de" href="${app.config.baseUrl}${german.publicPath}"`)
  expect(shown.text).toContain(`<img src="/help/articles/files/${picture.id}" alt="Brush"`)
  expect((await page(`/help/articles/files/${picture.id}`)).status).toBe(200)
  const tag = shown.headers.get('etag') as string
  expect((await page(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
  await app.as('adviser')('PATCH', `/api/articles/${made.id}`, { html: '<p>Brush twice.</p>', fileIds: [] })
  expect((await page(path, { headers: { 'if-none-match': tag } })).status).toBe(304)
  await app.as('adviser')('POST', `/api/articles/${made.id}/submit`, {})
  await app.as('supervisor')('POST', `/api/articles/${made.id}/approve`, { publish: true })
  expect((await page(path, { headers: { 'if-none-match': tag } })).text).toContain('Brush twice.')
  expect((await page(`/help/articles/files/${picture.id}`)).status).toBe(404)
  const moved = await page(`/help/articles/${made.id}`)
  expect([moved.status, moved.headers.get('location')]).toEqual([301, path])
  expect((await page('/sitemap.xml')).text).toContain(`<loc>${app.config.baseUrl}${path}</loc>`)
  const topic = /\/help\/articles\/topics\/(\w+)/.exec((await page('/help/articles')).text)?.[1]
  expect((await page(`/help/articles/topics/${topic}`)).text).toContain('Lampshades')
  expect((await page('/help/articles/topics/nothing')).status).toBe(404)
  expect((await page('/help/articles/search?q=lampshads')).text).toContain('Lampshades')
})

test('readers say whether it helped, each once a day without a cookie; another site cannot say it for them', async () => {
  const { id } = await article({ title: 'Counting readers' })
  const say = (helped: string, agent: string, more: Record<string, string> = {}) =>
    page(`/help/articles/${id}/helped`, {
      method: 'POST',
      body: new URLSearchParams({ helped }),
      headers: { 'user-agent': agent, origin: app.url, ...more },
    })
  const first = await say('yes', 'one')
  expect([first.status, first.headers.get('set-cookie')]).toEqual([303, null])
  expect((await page(first.headers.get('location')?.split('#')[0] ?? '')).status).toBe(301)
  await Promise.all([say('yes', 'one'), say('no', 'two'), say('yes', 'one')])
  await say('yes', 'three', { origin: 'https://elsewhere.test' })
  await say('perhaps', 'four')
  const counted = await app.as('adviser')<Article>('GET', `/api/articles/${id}`)
  expect(counted.body).toMatchObject({ helped: 1, notHelped: 1 })
  const { rows } = await app.program.kernel.database.owner.query(
    `select reader from article_answers where article_id = ${id}`,
  )
  expect(JSON.stringify(rows)).not.toMatch(/127\.0\.0\.1|one|two/)
})

test('what the public looks for and does not find is in the same list, without numbers or addresses', async () => {
  await page('/help/articles/search?q=Zeppelin%20rides%20order%2012345%20ann@example.org')
  await app.as('nobody')('POST', '/api/help/searches', { q: 'zeppelin rides order' })
  const gaps = await app.as('adviser')<{ items: { words: string; publicTimes: number }[] }>('GET', '/api/article-gaps')
  expect(gaps.body.items.find(gap => gap.words === 'zeppelin rides order')?.publicTimes).toBe(2)
  expect(JSON.stringify(gaps.body)).not.toMatch(/12345|ann@/)
  expect((await page('/help/articles/search?q=')).status).toBe(303)
  expect((await page('/help/articles/search?q=<script>x</script>')).text).not.toContain('<script>x')
})
