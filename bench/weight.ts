import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const folder = join(import.meta.dirname, '..', 'dist', 'ui')

/** Files that come with some files, because they import them before they can run. */
const withImports = (files: string[]): string[] => {
  const all = new Set<string>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (all.has(file)) continue
    all.add(file)
    const text = readFileSync(join(folder, 'assets', file), 'utf8')
    for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) waiting.push(other as string)
  }
  return [...all]
}

export const scriptBudgetBytes = 250_000

/**
 * The script that the queue loads before it is shown, in bytes (gzip), file by file.
 * @throws where the screens have not been built
 */
export const firstScripts = (): { name: string; bytes: number }[] => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const first = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(match => match[1] as string)
  const queue = readdirSync(join(folder, 'assets')).filter(name => /^queue-.*\.js$/.test(name))
  if (queue.length !== 1) throw new Error(`The queue is one file of its own; found ${queue.length}.`)
  return withImports([...first, ...queue]).map(name => ({
    name,
    bytes: gzipSync(readFileSync(join(folder, 'assets', name))).length,
  }))
}
