import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The browser's half of the program: built into dist/ui, which the server hands out as plain files. */
export default defineConfig({
  root: 'src/ui',
  plugins: [react()],
  build: { outDir: '../../dist/ui', emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
  server: { proxy: { '/api': { target: 'http://127.0.0.1:3000', changeOrigin: false } } },
})
