import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type ESTree, type Plugin, parseSync, Visitor } from 'vite'

const contracts = /\/src\/(shared\/\w+|modules\/\w+\/(?:contract[\w-]*|[\w-]+-shapes))\.ts$/
const blank = '\0zod-blank'

type Node = ESTree.Node & { start: number; end: number }
type Cut = { start: number; end: number; put: string }

/** The name an expression begins with: `z` in `z.object({}).optional()`, `personal` in `personal(z.string())`. */
const rootOf = (node: Node | null | undefined): string | null => {
  if (node?.type === 'Identifier') return node.name
  if (node?.type === 'CallExpression') return rootOf(node.callee)
  return node?.type === 'MemberExpression' ? rootOf(node.object) : null
}

/** What of an operation only the server and the documentation read. */
const serverSide = new Set(['input', 'output', 'summary', 'bodyLimit', 'leavesTrace', 'status'])

/** Shapes become one word, operations keep method, path and permission. */
const cutsIn = (program: ESTree.Program): Cut[] => {
  const shapes = new Set(['z'])
  const cuts: Cut[] = []
  for (const statement of program.body)
    if (
      statement.type === 'ImportDeclaration' &&
      /(\/|^)(contract[\w-]*|[\w-]+-shapes)\.ts$|shared\/\w+\.ts$/.test(statement.source.value)
    )
      for (const one of statement.specifiers) if (one.local.name !== 'operation') shapes.add(one.local.name)
  new Visitor({
    // biome-ignore lint/correctness/noComponentHookFactories: named after what it visits, not a component
    VariableDeclarator: ({ id, init }) => {
      const root = rootOf(init)
      if (id.type !== 'Identifier' || !init || init.type === 'Identifier' || !root || !shapes.has(root)) return
      shapes.add(id.name)
      cuts.push({ start: init.start, end: init.end, put: 'z as never' })
    },
    // biome-ignore lint/correctness/noComponentHookFactories: named after what it visits, not a component
    CallExpression: ({ callee, arguments: [given] }) => {
      if (callee.type !== 'Identifier' || callee.name !== 'operation' || given?.type !== 'ObjectExpression') return
      for (const one of given.properties)
        if (one.type === 'Property' && one.key.type === 'Identifier' && serverSide.has(one.key.name))
          cuts.push({ start: one.value.start, end: one.value.end, put: 'z as never' })
    },
  }).visit(program)
  // What stands within something that is cut already goes with it.
  return cuts.filter(cut => !cuts.some(other => other !== cut && other.start <= cut.start && cut.end <= other.end))
}

const withCuts = (id: string, code: string): string =>
  cutsIn(parseSync(id, code, { lang: 'ts' }).program)
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, put }) => text.slice(0, start) + put + text.slice(end), code)

/**
 * Contracts give the browser its types, methods and paths; only the server checks shapes. So shapes are taken out, and
 * zod is replaced by something that accepts every call and does nothing, which saves 50 kB of the first load (gzip).
 */
const withoutShapes = (): Plugin => ({
  name: 'rapport:without-shapes',
  enforce: 'pre',
  resolveId: id => (id === 'virtual:zod-blank' ? blank : null),
  load: id =>
    id === blank ? 'const z = /* @__PURE__ */ new Proxy(() => z, { get: () => z })\nexport default z' : null,
  transform: (code, id) => {
    const [file = ''] = id.split('?')
    if (!contracts.test(file) || !code.includes("import * as z from 'zod'")) return null
    const plain = file.includes('/shared/') ? code : withCuts(file, code)
    return { code: plain.replace("import * as z from 'zod'", "import z from 'virtual:zod-blank'"), map: null }
  },
})

/** The worker that keeps the shell on a device, with the names of all files of this build. */
const withWorker = (): Plugin => ({
  name: 'rapport:worker',
  apply: 'build',
  // Once the styles are done: a file that held nothing else is no longer there.
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const files = Object.keys(bundle).filter(name => /\.(js|css)$/.test(name))
      const source = readFileSync(new URL('src/ui/worker.js', import.meta.url), 'utf8')
        .replace("'__FILES__'", files.map(name => `'/${name}'`).join(', '))
        .replace('__VERSION__', createHash('sha256').update(files.toSorted().join()).digest('hex').slice(0, 12))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  },
})

/** The browser's half of the program: built into dist/ui, which the server hands out as plain files. */
export default defineConfig({
  root: 'src/ui',
  plugins: [withoutShapes(), react(), withWorker()],
  build: {
    outDir: '../../dist/ui',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    // What every page needs is one file, not 28: six at a time over a slow line took 7.5 s until the first rows, now 6.0.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } } },
  },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
})
