import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { modulesOf } from '../src/app.ts'

const root = resolve(new URL('..', import.meta.url).pathname)
const src = join(root, 'src')
const modules = modulesOf({ loadSample: async () => {}, dropLive: () => {}, staffHere: () => 0 })

const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })

type Source = { path: string; text: string; imports: string[]; lines: number }

const sources: Source[] = filesBelow(src)
  .filter(path => /\.tsx?$/.test(path) && !/\.test\.ts$/.test(path) && !path.endsWith('rows.ts'))
  .map(path => {
    const text = readFileSync(path, 'utf8')
    const imports = [
      ...text.matchAll(/^(?:(?:import|export)\b[^;'"]*\bfrom |import )'([^']+)'|\bimport\('([^']+)'\)/gm),
    ].map(match => match[1] ?? match[2] ?? '')
    return { path: relative(root, path), text, imports, lines: text.split('\n').length - 1 }
  })

/** Where a relative import leads, from the root of the project. */
const target = (source: Source, specifier: string): string =>
  relative(root, resolve(root, dirname(source.path), specifier))
const within = (folder: string) => sources.filter(source => source.path.startsWith(folder))
const isUi = (path: string) => /\/ui\//.test(path)

const broken = (
  from: Source[],
  rule: (source: Source, specifier: string, leadsTo: string | null) => boolean,
): string[] =>
  from.flatMap(source =>
    source.imports
      .filter(specifier => !rule(source, specifier, specifier.startsWith('.') ? target(source, specifier) : null))
      .map(specifier => `${source.path} imports ${specifier}`),
  )

test('shared imports zod only', () => {
  expect(
    broken(
      within('src/shared'),
      (_source, specifier, to) => specifier === 'zod' || (to?.startsWith('src/shared/') ?? false),
    ),
  ).toEqual([])
})

test('platform imports platform, shared and packages, and knows no word of the domain', () => {
  expect(
    broken(
      within('src/platform'),
      (_source, _specifier, to) => to === null || to.startsWith('src/platform/') || to.startsWith('src/shared/'),
    ),
  ).toEqual([])
  const words = /\b(case|cases|questionnaire|receptionist|adviser|mailbox|mailboxes|topic)\b(?=['"`.])/
  expect(
    within('src/platform')
      .filter(source => words.test(source.text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')))
      .map(source => source.path),
  ).toEqual([])
})

test('a module uses only what it names, and only through the front door', () => {
  const rule = (source: Source, _specifier: string, to: string | null): boolean => {
    if (to === null || !to.startsWith('src/modules/')) return true
    const [own, other] = [source.path.split('/')[2], to.split('/')[2]]
    if (own === other) return true
    const door = to.split('/').slice(3).join('/')
    if (door === 'contract.ts') return true
    if (isUi(source.path)) return door === 'ui/index.ts'
    return door === 'index.ts' && (modules.find(module => module.name === own)?.uses.includes(other ?? '') ?? false)
  }
  expect(broken(within('src/modules'), rule)).toEqual([])
})

test('modules stand on each other without a circle, in the order of the list', () => {
  const order = modules.map(module => module.name)
  for (const module of modules)
    for (const used of module.uses)
      expect(order.indexOf(used), `${module.name} uses ${used}`).toBeLessThan(order.indexOf(module.name))
})

test('screens and contracts reach neither the platform nor node', () => {
  const rule = (_source: Source, specifier: string, to: string | null) =>
    !specifier.startsWith('node:') && !(to?.startsWith('src/platform/') ?? false)
  expect(
    broken(
      sources.filter(
        source => isUi(source.path) || source.path.endsWith('contract.ts') || source.path.startsWith('src/ui/'),
      ),
      rule,
    ),
  ).toEqual([])
})

test('only the database folder and the live feed speak to PostgreSQL directly, and only they open transactions', () => {
  const allowed = (path: string) => path.startsWith('src/platform/database/') || path === 'src/platform/events/live.ts'
  expect(
    sources.filter(source => source.imports.includes('pg') && !allowed(source.path)).map(source => source.path),
  ).toEqual([])
  expect(
    sources
      .filter(source => source.text.includes('.transaction()') && source.path !== 'src/platform/kernel.ts')
      .map(source => source.path),
  ).toEqual([])
})

test('only the platform reads the environment and the clock', () => {
  const server = sources.filter(({ path }) => !/^src\/(platform|ui)\/|\/client\//.test(path) && !isUi(path))
  expect(
    server.filter(source => /process\.env|new Date\(\)|Date\.now\(\)/.test(source.text)).map(source => source.path),
  ).toEqual([])
})

test('only its owner writes a table', () => {
  const owner = new Map(modules.flatMap(module => module.owns.map(table => [table, module.name] as const)))
  const writes =
    /(?:insertInto|updateTable|deleteFrom)\('(\w+)|\b(?:insert into|update|delete from)\s+(?!auth\.|set\b)([a-z_]+)\b/g
  const wrong = within('src/modules').flatMap(source =>
    [...source.text.matchAll(writes)]
      .map(match => match[1] ?? match[2] ?? '')
      .filter(table => owner.has(table) && owner.get(table) !== source.path.split('/')[2])
      .map(table => `${source.path} writes ${table}`),
  )
  expect(wrong).toEqual([])
})

test('every table of the domain has an owner', () => {
  const schema = readFileSync(join(root, 'db/schema.sql'), 'utf8')
  const tables = [...schema.matchAll(/^create table (\w+) \(/gm)].map(match => match[1] as string)
  const platform = new Set([
    'events',
    'events_other',
    'errands',
    'files',
    'idempotency_keys',
    'search_documents',
    'program_facts',
    'migrations',
  ])
  const auth = new Set(['account', 'passkey', 'rateLimit', 'session', 'twoFactor', 'user', 'verification'])
  const owned = new Set(modules.flatMap(module => [...module.owns]))
  expect(tables.filter(table => !platform.has(table) && !auth.has(table) && !owned.has(table))).toEqual([])
})

/** Files that may be longer, and why. Language files are lists of sentences and not counted. */
const longer: Record<string, string> = {
  'src/modules/cases/contract.ts': 'a list of operations, read as a table',
  'src/modules/identity/contract.ts': 'a list of operations, read as a table',
}

test('files stay short: 250 lines at most, nine of ten under 150', () => {
  const code = sources.filter(
    source => !(source.path in longer) && !/\/(ui|language)\/en(-\w+)?\.ts$/.test(source.path),
  )
  expect(code.filter(source => source.lines > 250).map(source => `${source.path}: ${source.lines}`)).toEqual([])
  const lengths = code.map(source => source.lines).toSorted((a, b) => a - b)
  expect(lengths[Math.floor(lengths.length * 0.9)]).toBeLessThanOrEqual(150)
})

test('no class pretends to be a layer, and nothing is left half done', () => {
  expect(
    sources
      .filter(source => /(Service|Manager|Repository|Helper|Utils?)\.tsx?$/.test(source.path))
      .map(source => source.path),
  ).toEqual([])
  expect(
    sources
      .filter(source => /TODO|FIXME|not implemented|coming soon|lorem ipsum/i.test(source.text))
      .map(source => source.path),
  ).toEqual([])
})

test('every module has the files it should', () => {
  for (const module of modules) {
    expect(existsSync(join(src, 'modules', module.name, 'module.ts')), module.name).toBe(true)
    expect(existsSync(join(src, 'modules', module.name, 'contract.ts')), module.name).toBe(true)
  }
})
