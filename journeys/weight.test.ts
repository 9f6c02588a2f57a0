import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', 'dist', 'ui')
const limitBytes = 250_000

/** Files that come with some files, because they import them before they can run. */
const withImports = (files: string[]): Set<string> => {
  const all = new Set<string>()
  const waiting = [...files]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (all.has(file)) continue
    all.add(file)
    const text = readFileSync(join(folder, 'assets', file), 'utf8')
    for (const [, other] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) waiting.push(other as string)
  }
  return all
}

test('what the queue loads first stays under 250 kB of JavaScript (gzip)', () => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const first = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+\.js)"/g)].map(match => match[1] as string)
  const queue = readdirSync(join(folder, 'assets')).filter(name => /^queue-.*\.js$/.test(name))
  expect(queue).toHaveLength(1)
  const sizes = [...withImports([...first, ...queue])].map(
    name => gzipSync(readFileSync(join(folder, 'assets', name))).length,
  )
  expect(sizes.length).toBeGreaterThan(first.length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(limitBytes)
})
