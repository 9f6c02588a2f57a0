import { sql } from 'kysely'
import type { Watched } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'

const seconds = (name: string, help: string, table: string, moment: string, state: string): Watched => ({
  name,
  help,
  read: async kernel => {
    const { rows } = await kernel.read(system, ({ db }) =>
      sql<{ age: number }>`select coalesce(extract(epoch from now() - min(${sql.ref(moment)})), 0)::float as age
        from ${sql.table(table)} where state = ${state}`.execute(db),
    )
    return rows[0]?.age ?? 0
  },
})

const held: Watched = {
  name: 'rapport_mail_held',
  help: 'Mails that are held back until somebody decides',
  read: async kernel => {
    const { rows } = await kernel.read(system, ({ db }) =>
      sql<{ n: number }>`select count(*)::int as n from received_mail where state = 'quarantined'`.execute(db),
    )
    return rows[0]?.n ?? 0
  },
}

const broken: Watched = {
  name: 'rapport_mailboxes_failing',
  help: 'Mailboxes that cannot be read',
  read: async kernel => {
    const { rows } = await kernel.read(system, ({ db }) =>
      sql<{
        n: number
      }>`select count(*)::int as n from mailboxes where ended_at is null and last_error is not null`.execute(db),
    )
    return rows[0]?.n ?? 0
  },
}

/** How mail does, for whoever watches the installation. */
export const gauges: readonly Watched[] = [
  seconds(
    'rapport_mail_unread_seconds',
    'Age of the oldest received mail that was not read yet',
    'received_mail',
    'received_at',
    'stored',
  ),
  seconds(
    'rapport_mail_unsent_seconds',
    'Age of the oldest mail that waits to go out',
    'outgoing_mail',
    'created_at',
    'waiting',
  ),
  held,
  broken,
]
