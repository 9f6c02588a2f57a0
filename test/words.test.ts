import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const src = new URL('../src/', import.meta.url).pathname

/** Every language file that the screens put together: of each module the whole, and what it fetches later. */
const files = [
  ...readdirSync(join(src, 'modules'))
    .filter(name => existsSync(join(src, 'modules', name, 'ui')))
    .flatMap(name =>
      readdirSync(join(src, 'modules', name, 'ui'))
        .filter(file => file === 'en.ts' || file === 'en-later.ts')
        .map(file => join(src, 'modules', name, 'ui', file)),
    ),
  join(src, 'ui/language/shell.ts'),
  join(src, 'ui/shell/perf-words.ts'),
]

test('no sentence is hidden by another of the same key', async () => {
  const owners = new Map<string, string[]>()
  for (const file of files) {
    const words = Object.values((await import(file)) as Record<string, Record<string, string>>)
    for (const key of words.flatMap(Object.keys)) owners.set(key, [...(owners.get(key) ?? []), file.slice(src.length)])
  }
  expect(owners.size).toBeGreaterThan(1000)
  expect([...owners].filter(([, where]) => where.length > 1)).toEqual([])
})
