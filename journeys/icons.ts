/*
 * Makes the icons of the installed program anew from src/ui/icon.svg. By hand, after the sign has changed:
 *
 *   node_modules/.bin/node journeys/icons.ts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openBrowser } from './chromium.ts'

const ui = join(import.meta.dirname, '..', 'src', 'ui')
const svg = readFileSync(join(ui, 'icon.svg'), 'utf8')
const ground = /<rect[^>]*fill="(#\w+)"/.exec(svg)?.[1] ?? '#ffffff'

/** A system cuts a maskable icon to its own shape: what matters stays within four fifths, on a ground without corners. */
const icons = [
  { name: 'icon-180', side: 180, within: 1, square: true },
  { name: 'icon-192', side: 192, within: 1, square: false },
  { name: 'icon-512', side: 512, within: 1, square: false },
  { name: 'icon-maskable-512', side: 512, within: 0.8, square: true },
]

const browser = await openBrowser()
for (const { name, side, within, square } of icons) {
  const page = await browser.newPage({ viewport: { width: side, height: side } })
  await page.setContent(`<style>
    html, body { margin: 0; background: ${square ? ground : 'transparent'} }
    svg { display: block; width: ${side * within}px; height: ${side * within}px; margin: ${(side * (1 - within)) / 2}px }
  </style>${svg}`)
  const png = await page.screenshot({ omitBackground: true })
  writeFileSync(join(ui, 'public', `${name}.png`), png)
  console.log(`${name}.png ${png.length} bytes`)
  await page.close()
}
await browser.close()
