import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from './differing.ts'

const sides = (before: string, after: string) => {
  const pieces = differenceOf(before, after)
  const join = (without: string) =>
    pieces
      .filter(piece => piece.change !== without)
      .map(piece => piece.text)
      .join('')
  return [join('added'), join('removed')]
}

test('whatever two texts are, the pieces give back both to the letter', () => {
  const word = fc.constantFrom('lamp', 'Lamp', 'cool', '10', 'minutes', '.', ',', '\n', '\n\n', '  ', 'é', '日本', '')
  const text = fc.oneof(
    fc.array(word, { maxLength: 60 }).map(words => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  )
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(sides(before, after)).toEqual([before, after])
    }),
    { numRuns: 2000 },
  )
})

test('a text compared with itself has no differences', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), text => {
      expect(differenceOf(text, text).every(piece => piece.change === 'same')).toBe(true)
    }),
  )
})

test.each([
  ['Let it cool for five minutes.', 'Let it cool for ten minutes.', ['-five', '+ten']],
  ['Switch it off.', 'Switch it off. Wait.', ['+ Wait.']],
  ['', 'New', ['+New']],
  ['Old', '', ['-Old']],
])('%j became %j', (before, after, expected) => {
  const changed = differenceOf(before, after).filter(piece => piece.change !== 'same')
  expect(changed.map(piece => `${piece.change === 'added' ? '+' : '-'}${piece.text}`)).toEqual(expected)
})

test('texts with nothing in common are told whole, and in time', () => {
  const [before, after] = ['a', 'b'].map(letter =>
    Array.from({ length: 20_000 }, (_, i) => `${letter}${i}`).join(' '),
  ) as [string, string]
  expect(sides(before, after)).toEqual([before, after])
})
