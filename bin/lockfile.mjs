// Completes package-lock.json after an `npm install`: npm leaves out the builds of a package for other systems when a
// registry does not offer them, and `npm ci` then refuses the file. Each is added with the version its package asks
// for and the systems its name tells. Run by hand after changing a dependency: node bin/lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))

const systems = {
  android: 'android',
  darwin: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  sunos: 'sunos',
  aix: 'aix',
  openharmony: 'openharmony',
}
const processors = {
  x64: 'x64',
  arm64: 'arm64',
  arm: 'arm',
  armhf: 'arm',
  ia32: 'ia32',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  loong64: 'loong64',
  mips64el: 'mips64el',
  wasm32: 'wasm32',
}

const entryFor = (name, wanted) => {
  const words = name.split('/').at(-1).split('-')
  const os = words.map(word => systems[word]).find(Boolean)
  const cpu = words.map(word => processors[word]).find(Boolean)
  const libc = words.some(word => word.includes('musl')) ? 'musl' : words.includes('gnu') ? 'glibc' : undefined
  if (!os && !cpu) return null
  return {
    version: wanted.replace(/^[\^~]/, ''),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
    license: 'SEE LICENSE IN PACKAGE',
    optional: true,
    ...(os ? { os: [os] } : {}),
  }
}

let added = 0
for (const [, one] of Object.entries(lock.packages))
  for (const [name, wanted] of Object.entries(one.optionalDependencies ?? {})) {
    const at = `node_modules/${name}`
    const entry = lock.packages[at] ? null : entryFor(name, wanted)
    if (!entry) continue
    lock.packages[at] = { ...entry, ...(one.dev ? { dev: true } : {}) }
    added++
  }

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} builds for other systems added.`)
