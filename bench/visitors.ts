import { connect, type Socket } from 'node:net'
import { openClient } from './client.ts'
import { adminToken, type Program } from './program.ts'

export type Visitors = {
  open: number
  programMb: number
  databaseMb: number
  budgetMb: number
  met: boolean
  /** From an answer of ours until the visitor's window is told, at most of ten, in ms. */
  toldMs: number
}

const budgetMb = 500
/** As many conversations as may be begun in a minute from one address; the windows share them. */
const talks = 60

const openStream = (port: number, session: string, told: () => void): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', reject)
    socket.on('data', chunk => {
      const text = String(chunk)
      if (text.includes('retry:')) resolve(socket)
      if (text.includes('event: change')) told()
    })
    socket.write(`GET /api/widget-stream?session=${session} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`)
  })

type Begun = { session: string; number: number }

/** Opens so many visitors' windows at once and answers in some of their conversations while all are there. */
export const measureVisitors = async (count: number, program: Program): Promise<Visitors> => {
  const staff = await openClient(program.port, adminToken)
  const sockets: Socket[] = []
  const told = new Map<number, () => void>()
  try {
    const site = JSON.parse(
      (await staff.post('/api/widget-sites', { name: 'Bench', origin: 'https://bench.example' })).body,
    ) as { key: string }
    const begun: Begun[] = []
    for (let index = 0; index < talks; index++) {
      const made = await staff.post(`/api/widget/${site.key}/talks`, { text: 'Hello there.', name: `Visitor ${index}` })
      begun.push(JSON.parse(made.body) as Begun)
    }
    for (let index = 0; index < count; index += 100) {
      const lot = Array.from({ length: Math.min(100, count - index) }, (_, n) => begun[(index + n) % talks] as Begun)
      sockets.push(
        ...(await Promise.all(
          lot.map(talk => openStream(program.port, talk.session, () => told.get(talk.number)?.())),
        )),
      )
    }
    const times: number[] = []
    for (const { number } of begun.slice(0, 10)) {
      const heard = new Promise<void>(resolve => told.set(number, resolve))
      await staff.post(`/api/cases/${number}/messages`, { kind: 'reply', text: 'Good day.' })
      const answered = performance.now()
      await heard
      times.push(performance.now() - answered)
    }
    const memory = program.memory()
    return {
      open: sockets.length,
      programMb: memory.program,
      databaseMb: memory.database,
      budgetMb,
      met: memory.program <= budgetMb,
      toldMs: Math.max(...times),
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    staff.close()
  }
}
