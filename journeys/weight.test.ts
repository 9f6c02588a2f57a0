import { expect, test } from 'vitest'
import { firstScripts, scriptBudgetBytes } from '../bench/weight.ts'

test('what the queue loads first stays under 250 kB of JavaScript (gzip)', () => {
  const scripts = firstScripts()
  expect(scripts.length).toBeGreaterThan(3)
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(scriptBudgetBytes)
})
