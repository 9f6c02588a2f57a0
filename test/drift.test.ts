import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cloneDatabase } from './database.ts'
import { rowsPath, rowTypes, schemaPath, schemaPicture } from './picture.ts'

let clone: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  clone = await cloneDatabase()
})
afterAll(() => clone.drop())

test('the row types are those of the migrated database; if not, run `npm run rapport generate`', () => {
  expect(rowTypes(clone.url)).toBe(readFileSync(rowsPath, 'utf8'))
})

test('the picture of the schema is that of the migrated database; if not, run `npm run rapport generate`', async () => {
  expect(await schemaPicture(clone.url)).toBe(readFileSync(schemaPath, 'utf8'))
})
