import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const contracts = /\/src\/(shared\/\w+|modules\/\w+\/contract[\w-]*)\.ts$/
const blank = '\0zod-blank'

/**
 * Contracts give the browser its types, methods and paths; only the server checks shapes. So zod is replaced by
 * something that accepts every call and does nothing, which saves 36 kB of the first load (gzip).
 */
const withoutShapes = (): Plugin => ({
  name: 'rapport:without-shapes',
  enforce: 'pre',
  resolveId: id => (id === 'virtual:zod-blank' ? blank : null),
  load: id => (id === blank ? 'const z = new Proxy(() => z, { get: () => z })\nexport default z' : null),
  transform: (code, id) =>
    contracts.test(id.split('?')[0] ?? '')
      ? { code: code.replace("import * as z from 'zod'", "import z from 'virtual:zod-blank'"), map: null }
      : null,
})

/** The browser's half of the program: built into dist/ui, which the server hands out as plain files. */
export default defineConfig({
  root: 'src/ui',
  plugins: [withoutShapes(), react()],
  build: { outDir: '../../dist/ui', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
})
