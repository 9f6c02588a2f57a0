import { mkdtempSync, rmSync } from 'node:fs'
import pg from 'pg'
import { startEmbedded } from '../src/platform/database/embedded.ts'
import { migrate } from '../src/platform/database/migrate.ts'
import { fill } from './data.ts'
const folder = mkdtempSync('/tmp/rapport-fill-')
const server = await startEmbedded(folder, false)
const pool = new pg.Pool({ connectionString: server.urlOf('postgres') })
pool.on('error', () => {})
await migrate(pool)
try {
console.log(await fill(server.urlOf('postgres'), { cases: Number(process.argv[2]), messages: Number(process.argv[3]) }, console.log))
for (const q of ["select status, count(*) from cases group by 1", "select avg(message_count), max(message_count) from cases", "select avg(length(text)), max(length(text)), percentile_cont(0.5) within group (order by length(text)) from messages", "select count(*) filter (where words @@ to_tsquery('english','refrigerator'))::float/count(*) c, count(*) filter (where words @@ to_tsquery('rapport_english','refrigerator')) from search_documents", "select relname, pg_size_pretty(pg_total_relation_size(oid)) from pg_class where relkind='r' order by pg_total_relation_size(oid) desc limit 8", "select text from messages limit 3", "select count(*) from people", "select kind, count(*) from identities group by 1"]) console.log((await pool.query(q)).rows)
} catch (e) { console.log(e.message, e.position, e.internalQuery, e.where) }
await pool.end(); await server.stop(); rmSync(folder, { recursive: true })
