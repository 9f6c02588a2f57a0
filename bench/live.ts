import { connect, type Socket } from 'node:net'
import { openClient } from './client.ts'
import { type Figures, figuresOf } from './measure.ts'
import { newText, type Scene, someCase } from './measures.ts'
import { adminToken } from './program.ts'

/**
 * Opens the live stream of one member of staff and reports every case it tells of.
 * @param heard called with the case's id and the time
 */
const openStream = (port: number, token: string, heard: (id: number, at: number) => void): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.once('error', reject)
    socket.on('data', chunk => {
      const at = performance.now()
      text = (text + String(chunk)).slice(-65_536)
      if (text.includes('event: ready')) {
        text = text.slice(text.indexOf('event: ready') + 12)
        resolve(socket)
      }
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end < 0) return
        const id = /"kind":"case","id":(\d+)/.exec(text.slice(0, end))?.[1]
        text = text.slice(end + 2)
        if (id) heard(Number(id), at)
      }
    })
    socket.write(
      `GET /api/live HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/event-stream\r\nauthorization: Bearer ${token}\r\n\r\n`,
    )
  })

const longestMs = 5_000

/** Members who see every case: one of them is listened to, so that no write stays unheard. */
const seesAll = 41
const tokenOf = (index: number) => `bench-token-of-member-${index % 10 === 0 ? seesAll : 1 + (index % 40)}`

/**
 * How long it takes until a write stands in the stream of another member of staff, from the answer to the write, while
 * so many members are connected. The fifty of the data share the connections. Negative where the stream was quicker than
 * the answer, which counts as nought.
 */
export const measureLive = async (
  members: number,
  writers: number,
  { program, cases, bounds }: Scene,
): Promise<Figures> => {
  const sockets: Socket[] = []
  const clients = await Promise.all(Array.from({ length: writers }, () => openClient(program.port, adminToken)))
  const awaited = new Map<number, (at: number) => void>()
  try {
    for (let index = 0; index < members; index++)
      sockets.push(
        await openStream(program.port, tokenOf(index), index === 0 ? (id, at) => awaited.get(id)?.(at) : () => {}),
      )
    const times: number[] = []
    const began = performance.now()
    const before = program.cpu()
    const loop = async (writer: number): Promise<void> => {
      while (performance.now() - began < bounds.seconds * 1000 && times.length < bounds.count) {
        const id = someCase(cases)
        if (awaited.has(id)) continue
        const told = new Promise<number>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error(`Nobody heard of case ${id}.`)), longestMs)
          awaited.set(id, at => {
            clearTimeout(timer)
            resolve(at)
          })
        })
        told.catch(() => {})
        await clients[writer]?.post(`/api/cases/${id}/messages`, { kind: 'note', text: newText() })
        const answered = performance.now()
        times.push(Math.max(0, (await told) - answered))
        awaited.delete(id)
      }
    }
    await Promise.all(clients.map((_, writer) => loop(writer)))
    const after = program.cpu()
    const each = (of: 'program' | 'database') => (after[of] - before[of]) / times.length
    const figures = figuresOf(writers, times, (performance.now() - began) / 1000)
    return { ...figures, cpu: { program: each('program'), database: each('database') } }
  } finally {
    for (const socket of sockets) socket.destroy()
    for (const client of clients) client.close()
  }
}
