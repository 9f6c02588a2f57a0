import fastify from 'fastify'
import pg from 'pg'
import { type Plain, plainCase, plainList } from './plain.ts'

// A process of its own: Fastify, pg and nothing else. Started with the address of the database; prints its port.
const pool = new pg.Pool({ connectionString: process.argv[2], max: 12 })
const app = fastify()
app.post<{ Body: Plain }>('/cases', async (request, reply) => {
  const id = await plainCase(pool, request.body)
  return reply.status(201).send({ id })
})
app.get('/cases', async () => ({ items: await plainList(pool) }))
await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
process.on('SIGTERM', () => process.exit(0))
