#!/usr/bin/env node
// The one command. Plain JavaScript for any Node from 20 on: it installs what is missing, builds the screens once, and
// hands over to the Node 24 that came with the packages.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...parts) => join(root, ...parts)
const node = at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const script = (...parts) => at('node_modules', ...parts)

const sha256 = contents => {
  const hash = createHash('sha256')
  for (const content of contents) hash.update(content)
  return hash.digest('hex')
}

const readMark = path => (existsSync(path) ? readFileSync(path, 'utf8') : '')

/** Runs a program to its end. */
const run = (command, args, options = {}) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  return status ?? 1
}

const must = (what, status) => {
  if (status === 0) return
  console.error(`${what} failed.`)
  process.exit(1)
}

const install = () => {
  const mark = at('node_modules', '.rapport-installed')
  const wanted = sha256([readFileSync(at('package-lock.json'))])
  if (readMark(mark) === wanted && existsSync(node)) return
  console.log('Installing what is missing. This takes about a minute, once.')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  must(
    'Installing',
    run(npm, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      env: { ...process.env, NODE_ENV: '' },
    }),
  )
  writeFileSync(mark, wanted)
}

const filesBelow = folder =>
  readdirSync(folder).flatMap(name => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })

const isScreen = path => /[\\/]ui[\\/]|[\\/]shared[\\/]|contract\.ts$/.test(path) && !path.endsWith('.test.ts')

const build = () => {
  const mark = at('dist', 'ui', '.built')
  const sources = [...filesBelow(at('src')).filter(isScreen).sort(), at('vite.config.ts'), at('package-lock.json')]
  const wanted = sha256(sources.map(path => readFileSync(path)))
  if (readMark(mark) === wanted) return
  console.log('Building the screens, once.')
  must('Building the screens', run(node, [script('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn']))
  mkdirSync(at('dist', 'ui'), { recursive: true })
  writeFileSync(mark, wanted)
}

/** Stays until the program ends, and passes on the wish to stop. */
const handOver = (args, env = process.env) => {
  // The window for other websites is stripped of its types by Node itself, which still calls that an experiment.
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: process.cwd(),
    stdio: 'inherit',
    env,
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

const vitest = (...args) => run(node, [script('vitest', 'vitest.mjs'), 'run', ...args])

const checks = () => [
  [
    'format and lint',
    () => run(node, [script('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings', '.']),
  ],
  ['mistakes that only types show', () => run(node, [script('oxlint', 'bin', 'oxlint'), '--quiet'])],
  ['nothing that is not used', () => run(node, [script('knip', 'bin', 'knip.js'), '--no-config-hints'])],
  ['types of the server', () => run(node, [script('typescript', 'bin', 'tsc'), '-p', 'tsconfig.server.json'])],
  ['types of the journeys', () => run(node, [script('typescript', 'bin', 'tsc'), '-p', 'tsconfig.journeys.json'])],
  ['types of the screens', () => run(node, [script('typescript', 'bin', 'tsc'), '-p', 'tsconfig.web.json'])],
]

const runAll = steps => {
  const failed = steps.filter(([name, step]) => {
    const status = step()
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`)
    return status !== 0
  })
  return { passed: steps.length - failed.length, failed: failed.length }
}

const counted = name => {
  const path = at('dist', `tests-${name}.json`)
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { numPassedTests: 0, numFailedTests: 1 }
  return { passed: report.numPassedTests, failed: report.numFailedTests }
}

const testStep = (name, ...args) => [
  name,
  () => {
    const report = at('dist', `tests-${name}.json`)
    rmSync(report, { force: true })
    return vitest(...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`)
  },
]

/** Runs checks and suites, and ends with a line that counts both. */
const runSuites = (steps, suites) => {
  const checked = runAll(steps)
  const tested = runAll(suites.map(([name, ...args]) => testStep(name, ...args)))
  const counts = suites.map(([name]) => counted(name))
  const passed = counts.reduce((sum, one) => sum + one.passed, checked.passed)
  const wrong = counts.reduce((sum, one) => sum + one.failed, checked.failed)
  const failed = Math.max(wrong, checked.failed + tested.failed)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
}

/** The README's pictures, then a sheet of every screen. */
const pictures = () => {
  const taken = run(node, ['--disable-warning=ExperimentalWarning', at('journeys', 'pictures.ts')])
  return taken === 0 ? vitest('--config', 'vitest.pictures.config.ts') : taken
}

const journeys = ['journeys', '--config', 'vitest.journeys.config.ts']
const servers = ['servers', '--config', 'vitest.servers.config.ts']

/** What has to be there first, and what is done then. */
const commands = {
  prepare: [[install, build], () => {}],
  start: [[install, build], () => handOver([at('src', 'main.ts'), ...rest])],
  demo: [[install, build], () => handOver([at('src', 'demo.ts'), ...rest])],
  dev: [[install, build], () => handOver(['--watch-path', at('src'), at('src', 'main.ts'), ...rest])],
  check: [[install], () => process.exit(runAll(checks()).failed === 0 ? 0 : 1)],
  test: [[install, build], () => runSuites(checks(), [['unit'], journeys])],
  'test:servers': [[install], () => runSuites([], [servers])],
  bench: [[install, build], () => handOver([at('bench', 'main.ts'), ...rest])],
  generate: [[install], () => handOver([at('test', 'generate.ts')])],
  pictures: [[install, build], () => process.exit(pictures())],
  doctor: [[install], () => handOver([at('src', 'doctor.ts')])],
  backup: [[install], () => handOver([at('src', 'backup.ts'), 'backup', ...rest])],
  restore: [[install], () => handOver([at('src', 'backup.ts'), 'restore', ...rest])],
}

const [name = 'help', ...rest] = process.argv.slice(2)
const command = commands[name]
if (command) {
  for (const first of command[0]) first()
  command[1]()
} else {
  console.log(`rapport ${Object.keys(commands).join(' | ')}\n\nSee docs/operations.md.`)
  process.exit(name === 'help' ? 0 : 1)
}
