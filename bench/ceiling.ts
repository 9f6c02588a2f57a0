import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Client, openClient } from './client.ts'
import { type Figures, measure } from './measure.ts'
import { newText, type Scene } from './measures.ts'
import { plainCase } from './plain.ts'
import { cpuOf } from './processes.ts'

const plain = (cases: number) => ({
  subject: newText().slice(0, 60),
  text: newText(),
  personId: 1 + Math.floor(Math.random() * (cases / 3)),
})

/** The same inserts straight on the database: nothing built on it can be quicker with as many statements. */
export const measureDatabase = async (clients: number, { program, cases, bounds }: Scene): Promise<Figures> => {
  const pool = new pg.Pool({ connectionString: program.databaseUrl, max: clients })
  try {
    return await measure(clients, bounds, () => plainCase(pool, plain(cases)), program.cpu)
  } finally {
    await pool.end()
  }
}

const portOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    child.stdout?.once('data', chunk => resolve(Number(chunk)))
    child.once('exit', () => reject(new Error('The bare server does not start.')))
  })

/** Runs something beside a server that is Fastify and pg and nothing else, on the same database. */
const withBare = async <T>(databaseUrl: string, act: (port: number, pid: number) => Promise<T>): Promise<T> => {
  const script = fileURLToPath(new URL('bare.ts', import.meta.url))
  const child = spawn(process.execPath, [script, databaseUrl], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    return await act(await portOf(child), child.pid ?? 0)
  } finally {
    child.kill('SIGTERM')
  }
}

export const measureBare = (what: 'create' | 'list', clients: number, scene: Scene): Promise<Figures> =>
  withBare(scene.program.databaseUrl, async (port, pid) => {
    const open = await Promise.all(Array.from({ length: clients }, () => openClient(port, 'none')))
    try {
      const act = (client: number) =>
        what === 'create'
          ? (open[client] as Client).post('/cases', plain(scene.cases))
          : (open[client] as Client).get('/cases')
      const cpu = () => ({ program: cpuOf(pid).program, database: scene.program.cpu().database })
      return await measure(clients, scene.bounds, act, cpu)
    } finally {
      for (const client of open) client.close()
    }
  })
