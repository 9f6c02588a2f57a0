import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { rowsPath, rowTypes, schemaPath, schemaPicture } from './picture.ts'

// Writes the generated files anew: row types and the picture of the schema.
const folder = mkdtempSync(join(tmpdir(), 'rapport-generate-'))
const server = await startEmbedded(folder, false)
const pool = new pg.Pool({ connectionString: server.urlOf('postgres') })
await migrate(pool)
await pool.end()
writeFileSync(rowsPath, rowTypes(server.urlOf('postgres')))
writeFileSync(schemaPath, await schemaPicture(server.urlOf('postgres')))
await server.stop()
rmSync(folder, { recursive: true, force: true })
