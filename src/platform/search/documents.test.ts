import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { languagesOf, searchConfig } from '../text/language.ts'
import { stemmedQuery, wordsOf } from './documents.ts'

let db: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

test('a text of every language that can be detected can be indexed and searched', async () => {
  for (const language of languagesOf()) {
    const config = searchConfig(language)
    await sql`insert into program_facts (name, value, at) values (${`search.${config}`}, '{}', now()) on conflict do nothing`.execute(
      db.kysely,
    )
    const query = await stemmedQuery({ db: db.kysely }, "'words'")
    const { rows } = await sql<{
      found: boolean
    }>`select (${wordsOf(config, 'Title', 'some words')}) @@ ${query} as found`.execute(db.kysely)
    expect(rows[0]?.found, language).toBe(true)
  }
})

test('accents do not matter, endings do not matter, and a title counts', async () => {
  const match = async (text: string, words: string) => {
    const query = await stemmedQuery({ db: db.kysely }, words)
    const { rows } = await sql<{
      found: boolean
    }>`select (${wordsOf('english', 'Kettles', text)}) @@ ${query} as found`.execute(db.kysely)
    return rows[0]?.found
  }
  expect(await match('The café was closing', "'cafe' & 'closed'")).toBe(true)
  expect(await match('nothing', "'kettle'")).toBe(true)
  expect(await match('nothing', "'lamp'")).toBe(false)
})
