import * as z from 'zod'
import { type Finding, note, ok, wrong } from './checks.ts'

const Ready = z.object({ ok: z.boolean() }).loose()

/** Whether the program answers at its address, and what it says it lacks. */
export const checkAnswering = async ({ host, port }: { host: string; port: number }): Promise<Finding> => {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  const address = `http://${local.includes(':') ? `[${local}]` : local}:${port}`
  try {
    const response = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(5000) })
    const said = Ready.parse(await response.json())
    if (said.ok) return ok(`The program answers at ${address} and can do its work.`)
    const missing = Object.keys(said).filter(part => part !== 'ok' && !said[part])
    return wrong(`The program answers at ${address}, but lacks: ${missing.join(', ')}.`, 'Its log says why.')
  } catch {
    return note(
      `Nothing of ours answers at ${address}.`,
      'Start the program, or run this with the HOST and PORT it was started with.',
    )
  }
}
