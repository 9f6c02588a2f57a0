import type { Duplex } from 'node:stream'
import type { PostgresPool, PostgresPoolClient } from 'kysely'
import type pg from 'pg'

type Result = pg.QueryResult

/** How often a text is seen before it is worth preparing, and how many each connection may keep prepared at most. */
const worthwhile = 5
const mostKept = 150

/**
 * The plan of a search depends on how common the word is: it is made anew each time. So are statements that look for a
 * part of a text. Everything else is found by its keys, however they are chosen.
 */
const dependsOnValues = /@@|\blike\b|<%/i

/** Remembers how often a statement came and gives those that come often a name. */
const naming = () => {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  return (text: string): string | undefined => {
    const known = names.get(text)
    if (known || names.size >= mostKept || dependsOnValues.test(text)) return known
    const times = (seen.get(text) ?? 0) + 1
    if (seen.size > 2_000) seen.clear()
    seen.set(text, times)
    if (times < worthwhile) return undefined
    const name = `r${names.size}`
    names.set(text, name)
    seen.delete(text)
    return name
  }
}

/** A newer program changed a table under a prepared statement: the connection is given up, the next has none prepared. */
const planOutdated = '0A000'

const began: Result = { command: 'BEGIN', rowCount: 0, oid: 0, fields: [], rows: [] }
const nothingDone: Result = { ...began, command: 'COMMIT' }

/** At the end of a statement: it is the last of its transaction, so that the commit goes out right behind it. */
export const thenCommit = '/* then commit */'

/**
 * A pool whose statements cost less, for the query builder:
 * - what comes often is prepared and planned once per connection;
 * - BEGIN goes out together with the first statement, and COMMIT with one that says it is the last: two round trips
 *   less in each transaction. Where that statement fails, PostgreSQL answers the COMMIT by rolling back.
 * @param pool with `pipeline: true`, so that a statement may be sent before the answer to the last is there
 */
export const quickPool = (pool: pg.Pool): PostgresPool => {
  const nameOf = naming()
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection
    let toOpen = false
    let closing: Promise<Result> | null = null
    let outdated = false
    const send = (text: string, values: readonly unknown[]): Promise<[Result, unknown]> => {
      const name = values.length > 0 ? nameOf(text) : undefined
      // What goes out together is one write: each costs 70 µs, because the other side is woken by it.
      stream.cork()
      try {
        const opening = toOpen ? client.query('begin') : null
        toOpen = false
        const answer = client.query({ text, values: [...values], ...(name ? { name } : {}) })
        if (text.endsWith(thenCommit)) {
          closing = client.query('commit')
          closing.catch(() => {})
        }
        return Promise.all([answer, opening])
      } finally {
        stream.uncork()
      }
    }
    const ended = (text: string): Result | Promise<Result> | null => {
      if (text !== 'commit' && text !== 'rollback') return null
      const closed = closing ?? (toOpen ? nothingDone : null)
      closing = null
      toOpen = false
      return closed
    }
    const query = async (text: string, values: readonly unknown[]): Promise<Result> => {
      if (text === 'begin') {
        toOpen = true
        return began
      }
      const over = ended(text)
      if (over) return over
      try {
        const [result] = await send(text, values)
        return result
      } catch (error) {
        outdated ||= (error as { code?: string }).code === planOutdated
        throw error
      }
    }
    return {
      query: query as unknown as PostgresPoolClient['query'],
      release: broken => client.release(Boolean(broken) || outdated),
    }
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      const had = wrapped.get(client)
      if (had) return had
      const made = wrap(client)
      wrapped.set(client, made)
      return made
    },
    end: () => pool.end(),
    options: pool.options,
  }
}
