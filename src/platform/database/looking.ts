import pg from 'pg'

/** A read-only look into a database, outside the running program. */
export type Look = {
  query<T extends object>(text: string): Promise<T[]>
  close(): Promise<void>
}

/** @throws Error when the database does not answer within five seconds */
export const lookInto = async (url: string): Promise<Look> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  await client.query('set default_transaction_read_only = on')
  return {
    query: async <T extends object>(text: string) => (await client.query<T & pg.QueryResultRow>(text)).rows as T[],
    close: () => client.end(),
  }
}
