import { connect } from 'node:net'

export type Sender = { send(from: string, to: string, raw: string): Promise<void>; close(): void }

/** A connection that hands in one mail after the other, as a relay does (RFC 5321). */
export const openSender = async (port: number): Promise<Sender> => {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  let text = ''
  let told: ((line: string) => void) | null = null
  let failed: ((error: Error) => void) | null = null
  socket.on('data', chunk => {
    text += String(chunk)
    const last = /(?:^|\r\n)(\d{3} [^\r\n]*)\r\n$/.exec(text)?.[1]
    if (!last || !told) return
    text = ''
    const tell = told
    told = null
    tell(last)
  })
  socket.on('error', error => failed?.(error))
  socket.on('close', () => failed?.(new Error('The mail listener closed the connection.')))
  const expect = (code: string, command?: string): Promise<void> =>
    new Promise((resolve, reject) => {
      failed = reject
      told = line => (line.startsWith(code) ? resolve() : reject(new Error(`${command?.slice(0, 40)}: ${line}`)))
      if (command !== undefined) socket.write(command)
    })
  await expect('220')
  await expect('250', 'EHLO bench.test\r\n')
  return {
    send: async (from, to, raw) => {
      await expect('250', `MAIL FROM:<${from}>\r\n`)
      await expect('250', `RCPT TO:<${to}>\r\n`)
      await expect('354', 'DATA\r\n')
      await expect('250', `${raw}\r\n.\r\n`)
    },
    close: () => void socket.destroy(),
  }
}
