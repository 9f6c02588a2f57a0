import { sql } from 'kysely'
import { refuseField } from '../../platform/refusal.ts'
import type { Reading } from '../../platform/work.ts'
import { placeholders } from './contract-macros.ts'

const placeholder = /\{\{\s*([\w.]+)\s*\}\}/g

/** @throws Refusal naming the field with the placeholder that does not exist */
export const assertText = (text: string, field = 'text'): void => {
  for (const [, name = ''] of text.matchAll(placeholder))
    if (!(placeholders as readonly string[]).includes(name))
      refuseField(field, `There is no placeholder {{${name}}}. Choose one of: ${placeholders.join(', ')}`)
}

export type Facts = Record<(typeof placeholders)[number], string>

/** What stands for the placeholders in one case. Where no member of staff writes, the organisation does. */
export const factsOf = async ({ db, actor, now }: Reading, caseId: number): Promise<Facts> => {
  const { rows } = await sql<{ customer: string; subject: string; organisation: string; zone: string }>`
    select p.name as customer, c.subject, o.name as organisation, o.zone from cases c join people p on p.id = c.requester_id, organisation o
    where c.id = ${caseId}`.execute(db)
  const { customer = '', subject = '', organisation = '', zone = 'UTC' } = rows[0] ?? {}
  const me = actor.kind === 'staff' ? actor.name : organisation
  return {
    'customer.name': customer,
    'customer.first_name': customer.split(' ')[0] ?? '',
    'case.number': String(caseId),
    'case.subject': subject,
    'me.name': me,
    'me.first_name': actor.kind === 'staff' ? (me.split(' ')[0] ?? '') : me,
    'organisation.name': organisation,
    today: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(now),
  }
}

export const filledIn = (text: string, facts: Facts): string =>
  text.replace(placeholder, (whole, name: string) => facts[name as keyof Facts] ?? whole)

/** Fills the placeholders of any number of texts in one case. */
export const fillingIn = async (reading: Reading, caseId: number): Promise<(text: string) => string> => {
  const facts = await factsOf(reading, caseId)
  return text => filledIn(text, facts)
}
