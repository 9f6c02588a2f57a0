import type pg from 'pg'

export type Plain = { subject: string; text: string; personId: number }

/**
 * What opening a case comes to at the least: six rows in one transaction, each insert a statement of its own, as a
 * program without any care for round trips, or any permission, validation, language or redaction would write it.
 */
export const plainCase = async (pool: pg.Pool, { subject, text, personId }: Plain): Promise<number> => {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const id = async (sql: string, values: unknown[]) =>
      Number((await client.query<{ id: string }>(`${sql} returning id`, values)).rows[0]?.id)
    const kase = await id(
      `insert into cases (kind, status, subject, channel, requester_id, urgent_from, opened_at, last_at, waiting_since, preview, message_count)
        values ('enquiry', 'new', $1, 'api', $2, now(), now(), now(), now(), left($3, 160), 1)`,
      [subject, personId, text],
    )
    const conversation = await id(
      `insert into conversations (case_id, kind, channel, subject, created_at) values ($1, 'customer', 'api', $2, now())`,
      [kase, subject],
    )
    await client.query(`insert into participants (conversation_id, person_id, part) values ($1, $2, 'requester')`, [
      conversation,
      personId,
    ])
    const message = await id(
      `insert into messages (case_id, conversation_id, direction, channel, person_id, author, text, at)
        values ($1, $2, 'in', 'api', $3, 'Bench', $4, now())`,
      [kase, conversation, personId, text],
    )
    await client.query(
      `insert into search_documents (kind, record_id, scope_id, at, words) values ('message', $1, $2, now(),
        setweight(to_tsvector('rapport_english', $3), 'A') || to_tsvector('rapport_english', $4))`,
      [message, kase, subject, text],
    )
    await client.query(
      `insert into events (at, actor_kind, actor_name, subject_kind, subject_id, type) values (now(), 'system', 'Bench', 'case', $1, 'case.opened')`,
      [kase],
    )
    await client.query('commit')
    return kase
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

export const plainList = async (pool: pg.Pool): Promise<unknown[]> =>
  (
    await pool.query(`select c.id, c.kind, c.status, c.subject, c.preview, c.severity, c.last_at, p.name as requester
      from cases c join people p on p.id = c.requester_id order by c.last_at desc, c.id desc limit 50`)
  ).rows
