import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const documents = ['.', 'docs', 'docs/decisions'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => join(folder, name)),
)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Where a document leads within the project: links, and pictures of HTML. */
const leadsOf = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
    .map(match => (match[1] ?? match[2] ?? '').replace(/#.*$/, ''))
    .filter(lead => lead !== '' && !/^[a-z]+:/.test(lead))

test('every link of a document leads to something that is there', () => {
  const dead = documents.flatMap(path =>
    leadsOf(read(path))
      .filter(lead => !existsSync(join(root, dirname(path), lead)))
      .map(lead => `${path}: ${lead}`),
  )
  expect(dead).toEqual([])
})

/** The cells of a table's rows, without its head. */
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    )

const shows = (cell: string) => /\]\(\.\.\/(?:journeys|test|src)\/[\w./-]+\.test\.ts\)/.test(cell)

test('every capability names the test that shows it', () => {
  const rows = rowsOf(read('docs/capabilities.md'))
  expect(rows.length).toBeGreaterThan(10)
  expect(rows.filter(row => row.length !== 3 || !shows(row[2] ?? '')).map(row => row[0])).toEqual([])
})

test('each of the 35 points of a workspace has its journey, or says what it waits for', () => {
  const rows = rowsOf(read('docs/workspace.md'))
  expect(rows.map(row => Number(row[0]))).toEqual(Array.from({ length: 35 }, (_, index) => index + 1))
  const without = rows.filter(row => !/\]\(\.\.\/journeys\//.test(row[3] ?? ''))
  expect(without.filter(row => !/\bcomes with\b|^nothing is;/.test(row[2] ?? '')).map(row => row[1])).toEqual([])
})
