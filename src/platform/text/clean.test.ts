import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from './clean.ts'

test('what a database or a screen cannot hold is taken out, and nothing else', () => {
  expect(cleanText('a\0b\r\nc\rd\te\x1B[0m\u0085')).toBe('ab\nc\nd\te[0m')
  expect(cleanText('\uD800x\uDC00')).toBe('\uFFFDx\uFFFD')
  expect(cleanText('Zoe\u0308 😀')).toBe('Zoë 😀')
  expect(cleanText('\u202Eabc\u202C')).toBe('\u202Eabc\u202C')
})

test('a single line loses its breaks and direction overrides', () => {
  expect(cleanText(' Bill\r\nBcc: x\u2028y \u202Egnp.exe\u2066 ', { singleLine: true })).toBe('Bill Bcc: x y gnp.exe')
})

test('cleaning twice changes nothing more', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, singleLine) => {
      const once = cleanText(text, { singleLine })
      expect(cleanText(once, { singleLine })).toBe(once)
      expect(once.isWellFormed()).toBe(true)
    }),
  )
})
