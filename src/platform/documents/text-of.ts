import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import * as z from 'zod'
import type { Format } from './formats.ts'
import type { Reason } from './zip.ts'

export type FileText = { text: string } | { reason: Reason }

/** Files above this are not read, and no reading may take longer or more memory. */
export const bounds = { bytes: 26_214_400, timeoutMs: 10_000, memoryMb: 512 } as const

const Answer = z.union([
  z.object({ text: z.string() }),
  z.object({ reason: z.enum(['unknown', 'broken', 'locked', 'too_large', 'too_slow']) }),
])

const root = resolve(import.meta.dirname, '../../..')
const program = resolve(import.meta.dirname, 'child.ts')

/** What the child says, or why it said nothing. */
const readAnswer = (said: string, late: boolean): FileText => {
  if (late) return { reason: 'too_slow' }
  try {
    return Answer.parse(JSON.parse(said))
  } catch {
    return { reason: 'broken' }
  }
}

/**
 * The text of a file, read in a process of its own that may only read the program's own files: whatever the file does
 * to it, this process goes on. It takes about 0.2 s and 60 MB, once per content.
 * @returns the text, or why there is none; never throws because of the file
 */
export const textOf = async (
  file: Buffer,
  format: Format,
  limits: { bytes: number; timeoutMs: number; memoryMb: number } = bounds,
): Promise<FileText> => {
  if (file.length > limits.bytes) return { reason: 'too_large' }
  const rights = ['--permission', '--allow-worker', `--allow-fs-read=${root}/*`]
  const heap = `--max-old-space-size=${Math.floor(limits.memoryMb / 2)}`
  const child = spawn(process.execPath, [...rights, heap, '--no-warnings', program, format, String(limits.memoryMb)], {
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, limits.timeoutMs)
  // A child that ends before it has taken everything in closes its end.
  child.stdin.on('error', () => {})
  child.stdin.end(file)
  const failed = new Promise<string>(done => child.on('error', () => done('')))
  const said = await Promise.race([text(child.stdout).catch(() => ''), failed])
  clearTimeout(timer)
  child.kill('SIGKILL')
  return readAnswer(said, late)
}
