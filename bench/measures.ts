import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { chanceFrom } from './chance.ts'
import { type Client, openClient } from './client.ts'
import { type Bounds, type Figures, measure } from './measure.ts'
import { adminToken, type Program } from './program.ts'
import { planted, sentences } from './sentences.ts'

export type Scene = { program: Program; cases: number; bounds: Bounds }

const pool = sentences().filter(sentence => sentence.language === 'en')
/** One that stands in the title of articles and products. */
const titleWord = (pool[5]?.text.toLowerCase().match(/[a-z]+/g) ?? []).toSorted((a, b) => b.length - a.length)[0] ?? ''
const chance = chanceFrom(99)
const below = (count: number) => Math.floor(chance() * count)
const run = randomBytes(4).toString('hex')
let made = 0

/** A text of about 300 characters that nobody wrote before. */
export const newText = (): string =>
  `${Array.from({ length: 4 }, () => pool[below(pool.length)]?.text).join(' ')} ${run} ${made++}`

/** Two of three are known customers. */
export const somebody = (cases: number): string => {
  const person = 1 + below(Math.ceil(cases / 3))
  return chance() < 0.67 ? `person${person}@mail${person % 97}.test` : `new.${run}.${made++}@newcomer.test`
}

/** One that is not confidential: not even the administrator sees every one of those. */
export const someCase = (cases: number): number => {
  const number = 1 + below(cases)
  return 1000 + (number % 97 === 0 ? number - 1 : number)
}

type Act = (client: Client, scene: Scene) => Promise<unknown>

const search =
  (word: string): Act =>
  client =>
    client.get(`/api/search?q=${word}&limit=20`)

const memberToken = 'bench-token-of-member-3'

/** What is asked over HTTP. `token` says as whom: the administrator unless it is a member of one team. */
const acts: Record<string, { act: Act; token?: string }> = {
  create: {
    act: (client, { cases }) =>
      client.post('/api/cases', {
        subject: newText().slice(0, 60),
        requester: { email: somebody(cases), name: 'Somebody' },
        message: { text: newText() },
      }),
  },
  reply: {
    act: (client, { cases }) =>
      client.post(`/api/cases/${someCase(cases)}/messages`, { kind: 'reply', text: newText() }),
  },
  'list recent': { act: client => client.get('/api/cases?sort=recent&limit=50') },
  'list queue': { act: client => client.get('/api/cases?status=active&limit=50') },
  'list queue of a team role': { act: client => client.get('/api/cases?status=active&limit=50'), token: memberToken },
  counts: { act: client => client.get('/api/views/counts') },
  'counts of a team role': { act: client => client.get('/api/views/counts'), token: memberToken },
  'open a case': {
    act: async (client, { cases }) => {
      const path = `/api/cases/${someCase(cases)}`
      await client.get(path)
      await client.get(`${path}/messages`)
      await client.get(`${path}/timeline`)
      await client.get(`${path}/promises`)
    },
  },
  'list promises': { act: client => client.get('/api/promises?limit=50') },
  'list late promises of a team role': {
    act: client => client.get('/api/promises?state=late&limit=50'),
    token: memberToken,
  },
  'list my promises': { act: client => client.get('/api/promises?of=me&limit=50'), token: memberToken },
  'list ended promises': { act: client => client.get('/api/promises?state=ended&limit=50') },
  'list referrals': { act: client => client.get('/api/referrals?whose=all&limit=50') },
  'list referrals by worth': { act: client => client.get('/api/referrals?whose=all&sort=worth&limit=50') },
  'list referrals that are done': { act: client => client.get('/api/referrals?whose=all&state=done&limit=50') },
  'list decisions': { act: client => client.get('/api/decisions?limit=50') },
  'list deliveries': { act: client => client.get('/api/deliveries?limit=50') },
  'list demands': { act: client => client.get('/api/demands?limit=50') },
  'list deficiencies': { act: client => client.get('/api/demand-register?limit=50') },
  'list a week of the diary': {
    act: client => {
      const [from, to] = [Date.now(), Date.now() + 7 * 86_400_000].map(at => new Date(at).toISOString())
      return client.get(`/api/diary?from=${from}&to=${to}`)
    },
  },
  'list articles': { act: client => client.get('/api/articles?limit=50') },
  'list products': { act: client => client.get('/api/products?limit=50') },
  'list notifications': { act: client => client.get('/api/notifications?limit=50'), token: memberToken },
  'speed of delivery': { act: client => client.get('/api/deliveries/speed') },
  'search articles': { act: client => client.get(`/api/articles?q=${titleWord}&limit=20`) },
  'search articles, misspelt': { act: client => client.get(`/api/articles?q=${titleWord.slice(0, -2)}q&limit=20`) },
  'search products': { act: client => client.get(`/api/products?q=${titleWord}&limit=20`) },
  'search rare': { act: search(planted.rare) },
  'search 1 %': { act: search(planted.medium) },
  'search 31 %': { act: search(planted.common) },
}

export const httpMeasures = Object.keys(acts)

/** Measures one thing that is asked over HTTP. */
export const measureHttp = async (name: string, clients: number, scene: Scene): Promise<Figures> => {
  const { act, token } = acts[name] ?? { act: async () => {} }
  const open = await Promise.all(
    Array.from({ length: clients }, () => openClient(scene.program.port, token ?? adminToken)),
  )
  try {
    return await measure(clients, scene.bounds, client => act(open[client] as Client, scene), scene.program.cpu)
  } finally {
    for (const client of open) client.close()
  }
}

/** Waits until what earlier measures left for the background is done, so that it does not weigh on the next. */
export const untilIdle = async (databaseUrl: string, longestMs = 120_000): Promise<void> => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const until = performance.now() + longestMs
  try {
    for (;;) {
      const { rows } = await client.query<{
        busy: boolean
      }>(`select exists (select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts)
        or exists (select 1 from errands where due_at <= now())
        or exists (select 1 from received_mail where state = 'stored') as busy`)
      if (!rows[0]?.busy || performance.now() > until) return
      await new Promise(done => setTimeout(done, 200))
    }
  } finally {
    await client.end()
  }
}
