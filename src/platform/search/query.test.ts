import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery, type QueryTerm, toTsQuery } from './query.ts'

const word = (text: string, negated = false): QueryTerm => ({ kind: 'word', text, negated })
const text = (value: string) => ({ kind: 'text', text: value })

describe('parseQuery', () => {
  test('words, phrases, beginnings and negations', () => {
    expect(parseQuery('red "blue chair" cush* -broken -"not this" -del*').terms).toEqual([
      word('red'),
      { kind: 'phrase', text: 'blue chair', negated: false },
      { kind: 'prefix', text: 'cush', negated: false },
      word('broken', true),
      { kind: 'phrase', text: 'not this', negated: true },
      { kind: 'prefix', text: 'del', negated: true },
    ])
  })

  test('filters with every operator, quoted values, none and anything', () => {
    expect(
      parseQuery('status:open created<2026-01-01 priority>=high -tags:vip subject:"a b" owner:none team:* x:"none"'),
    ).toEqual({
      terms: [],
      filters: [
        { field: 'status', op: ':', values: [text('open')], negated: false },
        { field: 'created', op: '<', values: [text('2026-01-01')], negated: false },
        { field: 'priority', op: '>=', values: [text('high')], negated: false },
        { field: 'tags', op: ':', values: [text('vip')], negated: true },
        { field: 'subject', op: ':', values: [text('a b')], negated: false },
        { field: 'owner', op: ':', values: [{ kind: 'none' }], negated: false },
        { field: 'team', op: ':', values: [{ kind: 'any' }], negated: false },
        { field: 'x', op: ':', values: [text('none')], negated: false },
      ],
    })
  })

  test('a field named twice means either value, two bounds mean both', () => {
    const { filters } = parseQuery('status:new STATUS:open created>2026-01-01 created<4days')
    expect(filters).toMatchObject([{ field: 'status', values: [text('new'), text('open')] }, { op: '>' }, { op: '<' }])
  })

  test('a bare number is a number and a word', () => {
    expect(parseQuery('1234')).toEqual({ terms: [word('1234')], filters: [], number: 1234 })
    expect(parseQuery('#77 x').number).toBe(77)
    expect(parseQuery('-1234').number).toBeUndefined()
  })

  test('sorting', () => {
    expect(parseQuery('order_by:created sort:desc').sort).toEqual({ field: 'created', direction: 'desc' })
    expect(parseQuery('sort:asc order_by:created').sort).toEqual({ field: 'created', direction: 'asc' })
    expect(parseQuery('sort:-updated').sort).toEqual({ field: 'updated', direction: 'desc' })
  })

  test('what only looks like a filter is text', () => {
    expect(parseQuery('https://shop.test/x 12:30 Re: hello ann@shop.test').filters).toEqual([])
    const known = { fields: new Set(['status']) }
    expect(parseQuery('status:open colour:red note:"a b"', known)).toEqual({
      terms: [word('colour:red'), { kind: 'phrase', text: 'note a b', negated: false }],
      filters: [{ field: 'status', op: ':', values: [text('open')], negated: false }],
    })
  })

  test('typing in progress is never an error', () => {
    expect(parseQuery('"open quote').terms).toEqual([{ kind: 'phrase', text: 'open quote', negated: false }])
    expect(parseQuery('status:').filters).toEqual([])
    expect(parseQuery('status:"').filters).toEqual([])
    expect(parseQuery('- -- * "" -"" : < > #')).toEqual({ terms: [], filters: [] })
    expect(parseQuery('')).toEqual({ terms: [], filters: [] })
  })

  test('no more than 500 characters and 20 terms are read', () => {
    expect(parseQuery('a '.repeat(100)).terms).toHaveLength(20)
    expect(parseQuery('x'.repeat(9000)).terms[0]!.text).toHaveLength(500)
  })
})

/** The grammar of tsquery text as far as `toTsQuery` may use it: throws where PostgreSQL would. */
function checkTsQuery(query: string): number {
  const tokens = query.match(/'(?:[^'\\\0]|''|\\\\)+'(?::\*)?|<->|[&|!()]|\S/gu) ?? []
  let at = 0
  const operand = (): void => {
    if (tokens[at] === '!') at++
    if (tokens[at] === '(') {
      at++
      for (operand(); tokens[at] === '<->' || tokens[at] === '|'; operand()) at++
      if (tokens[at++] !== ')') throw new Error(`no closing bracket in ${query}`)
    } else if (!tokens[at++]?.startsWith("'")) throw new Error(`no operand in ${query}`)
  }
  if (tokens.length === 0) return 0
  for (operand(); tokens[at] === '&'; operand()) at++
  if (at !== tokens.length) throw new Error(`more after the end of ${query}`)
  return at
}

describe('toTsQuery', () => {
  test.each([
    ['red chair', "'red' & 'chair'"],
    ['"red chair" -broken', "('red' <-> 'chair') & !'broken'"],
    ['cush* -del*', "'cush':* & !'del':*"],
    [`O'Neil a\\b`, "'O''Neil' & 'a\\\\b'"],
    ['a&b !c (d | e) <-> f:*x', "'a&b' & '!c' & '(d' & 'e)'"],
    ['bill_march-2026.pdf', "('bill_march-2026.pdf' | ('bill' <-> 'march' <-> '2026' <-> 'pdf'))"],
    ['"!!" - ...', ''],
  ])('%s', (typed, expected) => {
    expect(toTsQuery(parseQuery(typed).terms)).toBe(expected)
  })

  test('arbitrary typing never throws and is always well-formed', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '"',
        '-',
        '*',
        "'",
        '\\',
        ':',
        '<',
        '>=',
        '(',
        ')',
        '|',
        '&',
        '!',
        ':*',
        '\0',
        ' ',
        'status:',
        'sort:',
        '#12',
        '<->',
      ),
      fc.string({ unit: 'binary' }),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        const query = parseQuery(pieces.join(''))
        expect(query.terms.length + query.filters.length).toBeLessThanOrEqual(20)
        expect(() => checkTsQuery(toTsQuery(query.terms))).not.toThrow()
      }),
      { numRuns: 20_000 },
    )
  })

  test('arbitrary terms are always well-formed', () => {
    const term = fc.record({
      kind: fc.constantFrom('word', 'phrase', 'prefix'),
      text: fc.string({ unit: 'binary' }),
      negated: fc.boolean(),
    } as const)
    fc.assert(
      fc.property(fc.array(term), terms => void checkTsQuery(toTsQuery(terms))),
      { numRuns: 5000 },
    )
  })
})
