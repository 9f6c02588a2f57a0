import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: string }

/** One keep-alive connection. It does little, because it shares two cores with what it measures. */
export type Client = {
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  close(): void
}

type Waiting = { resolve(answer: Answer): void; reject(error: Error): void }

/** Reads the answer at the beginning of the buffer, or null while some of it is still to come. */
const readAnswer = (buffer: Buffer): { answer: Answer; length: number } | null => {
  const end = buffer.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = buffer.toString('latin1', 0, end)
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  const from = end + 4
  if (buffer.length < from + length) return null
  return {
    answer: { status: Number(head.slice(9, 12)), body: buffer.toString('utf8', from, from + length) },
    length: from + length,
  }
}

/** Opens a connection to a server on this machine. An answer that is not 2xx is an error. */
export const openClient = async (port: number, token: string): Promise<Client> => {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let buffer: Buffer = Buffer.alloc(0)
  let waiting: Waiting | null = null
  socket.on('data', chunk => {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk])
    const read = readAnswer(buffer)
    if (!read || !waiting) return
    buffer = buffer.subarray(read.length)
    const { resolve, reject } = waiting
    waiting = null
    if (read.answer.status < 300) resolve(read.answer)
    else reject(new Error(`${read.answer.status}: ${read.answer.body.slice(0, 300)}`))
  })
  socket.on('close', () => waiting?.reject(new Error('The server closed the connection.')))
  const ask = (text: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
      socket.write(text)
    })
  const head = (method: string, path: string) =>
    `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n`
  return {
    get: path => ask(`${head('GET', path)}\r\n`),
    post: (path, body) => {
      const text = JSON.stringify(body)
      return ask(
        `${head('POST', path)}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      )
    },
    close: () => void socket.destroy(),
  }
}
