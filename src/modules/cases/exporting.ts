import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { type Actor, mayDo } from '../../platform/permissions/actor.ts'
import { withoutPersonal } from '../../platform/permissions/personal.ts'
import { ExportedCase } from './contract.ts'
import { visibleSql } from './policy.ts'

const batch = 500

type Row = { id: number; line: string }

/** The cases after an id that somebody may see, each with its messages, as text of JSON. */
const next = (kernel: Kernel, actor: Actor, after: number): Promise<Row[]> =>
  kernel.read(actor, async ({ db }) => {
    const { rows } =
      await sql<Row>`select c.id, json_build_object('id', c.id, 'number', c.id, 'kind', c.kind, 'status', c.status, 'subject', c.subject,
        'channel', c.channel, 'requester', json_build_object('id', p.id, 'name', p.name), 'tags', c.tags, 'custom', c.custom,
        'openedAt', c.opened_at, 'solvedAt', c.solved_at, 'needMet', c.need_met,
        'messages', (select coalesce(json_agg(json_build_object('id', m.id, 'direction', m.direction, 'from', m.author, 'text', m.text, 'at', m.at) order by m.id), '[]')
          from messages m where m.case_id = c.id))::text as line
      from cases c join people p on p.id = c.requester_id where c.id > ${after} and ${visibleSql(actor)} order by c.id limit ${batch}`.execute(
        db,
      )
    return rows
  })

/** What the contract marks as personal is left out for those who may not read people. */
const shown = (actor: Actor, line: string): string =>
  mayDo(actor, 'person.read') ? line : JSON.stringify(withoutPersonal(ExportedCase, JSON.parse(line)))

async function* lines(kernel: Kernel, actor: Actor): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const rows = await next(kernel, actor, after)
    for (const row of rows) yield `${shown(actor, row.line)}\n`
    if (rows.length < batch) return
    after = rows.at(-1)?.id ?? after
  }
}

/** Every case somebody may see as JSON lines, in pages, so that memory stays the same however many there are. */
export const exportCases = async (kernel: Kernel, actor: Actor, cause: string): Promise<Readable> => {
  await kernel.work(
    actor,
    async work => work.record({ type: 'case.exported', subject: { kind: 'organisation', id: 1 } }),
    cause,
  )
  return Readable.from(lines(kernel, actor))
}
