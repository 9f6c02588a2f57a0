import { sql } from 'kysely'
import type { Kernel } from '../../platform/kernel.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Work } from '../../platform/work.ts'
import { money } from '../../shared/money.ts'
import { sendLetter } from '../channels/index.ts'
import { register } from './register.ts'

type Responsible = { id: number; name: string; email: string; organisation: string }

const dayMs = 86_400_000
const day = (at: Date): string => at.toISOString().slice(0, 10)
/** How many products one mail names at most. */
const most = 25

/** The Monday that begins a week (UTC). */
const mondayOf = (now: Date): Date => {
  const midnight = Date.parse(`${day(now)}T00:00:00Z`)
  return new Date(midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * dayMs)
}

type Deficiencies = Awaited<ReturnType<typeof register>>['items']

const line = (one: Deficiencies[number]): string => {
  const instead = one.accepted > 0 ? `, ${one.accepted} took something else` : ''
  const waiting = one.waiting > 0 ? `, ${one.waiting} wait to be told` : ''
  return `${one.asked} × ${one.product.name} (${one.product.number}): ${one.customers} customers, ${money(one.lostMinor, one.currency)} lost${instead}${waiting}`
}

const letterTo = (work: Work, who: Responsible, items: Deficiencies, address: string): void =>
  sendLetter(work, {
    kind: 'notification',
    to: { name: who.name, address: who.email },
    subject:
      items.length === 1
        ? 'One product could not be supplied last week'
        : `${items.length} products could not be supplied last week`,
    text: `Hello ${who.name},\n\nCustomers asked for these last week and could not have them:\n\n${items.map(line).join('\n')}\n\nSay what was done about each: ${address}\n\n${who.organisation}`,
  })

/** Tells one of those responsible what of their families could not be supplied in the week before, once. */
const tellOne = async (work: Work, who: Responsible, address: string): Promise<void> => {
  const monday = mondayOf(work.now)
  const { rows } =
    await sql`insert into demand_summaries (staff_id, week, sent_at) values (${who.id}, ${day(monday)}::date, ${work.now})
    on conflict do nothing returning 1`.execute(work.tx)
  if (rows.length === 0) return
  const span = { since: day(new Date(monday.getTime() - 7 * dayMs)), until: day(new Date(monday.getTime() - dayMs)) }
  const { items } = await register(
    { db: work.tx, now: work.now },
    { ...span, limit: most, staffId: who.id, open: 'true' },
  )
  if (items.length === 0) return
  letterTo(work, who, items, address)
  work.record({ type: 'demand.summed_up', subject: { kind: 'staff', id: who.id }, data: { count: items.length } })
}

/** The weekly summary to everybody who answers for a family. */
export const sumUp = async (kernel: Kernel, address: string): Promise<void> => {
  const { rows } = await kernel.read(system, ({ db }) =>
    sql<Responsible>`select distinct s.id, s.name, s.email, o.name as organisation from product_families f
      join staff s on s.id = f.staff_id and s.ended_at is null, organisation o where f.ended_at is null order by s.id`.execute(
      db,
    ),
  )
  for (const who of rows) await kernel.work(system, work => tellOne(work, who, address))
}
