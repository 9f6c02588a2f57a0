import { sql } from 'kysely'
import { type Catalogue, custom, type Field } from '../../platform/conditions/index.ts'
import type { Reading } from '../../platform/work.ts'
import { channels } from '../people/contract.ts'
import { caseKinds, stages, statuses } from './contract.ts'

const choices = (values: readonly string[]) => values.map(value => ({ value, label: value.replaceAll('_', ' ') }))
const severities = { type: 'number', label: 'Severity', sql: sql.ref('c.severity') } as const

/** What conditions can ask of a case. Every SQL reads the table `cases` as `c`. */
export const caseFields = {
  kind: { type: 'choice', label: 'Kind', sql: sql.ref('c.kind'), choices: choices(caseKinds) },
  status: { type: 'choice', label: 'Status', sql: sql.ref('c.status'), choices: choices(statuses) },
  subject: { type: 'text', label: 'Subject', sql: sql.ref('c.subject') },
  channel: { type: 'choice', label: 'Channel', sql: sql.ref('c.channel'), choices: choices(channels) },
  stage: { type: 'choice', label: 'Stage of the journey', sql: sql.ref('c.stage'), choices: choices(stages) },
  topic: { type: 'id', label: 'Topic', sql: sql.ref('c.topic_id') },
  product: { type: 'id', label: 'Product', sql: sql.ref('c.product_id') },
  severity: severities,
  internal: { type: 'flag', label: 'From a colleague', sql: sql.ref('c.internal') },
  requester: { type: 'id', label: 'Customer', sql: sql.ref('c.requester_id') },
  customerType: {
    type: 'id',
    label: 'Customer type',
    sql: sql`(select w.type_id from people w where w.id = c.requester_id)`,
  },
  assignee: { type: 'id', label: 'Assigned to', sql: sql.ref('c.assignee_id') },
  team: { type: 'id', label: 'Team', sql: sql.ref('c.team_id') },
  confidential: { type: 'flag', label: 'Confidential', sql: sql.ref('c.confidential') },
  sharedWith: { type: 'set', label: 'Shared with', sql: sql.ref('c.shared_with') },
  hiddenFrom: { type: 'set', label: 'Hidden from', sql: sql.ref('c.hidden_from') },
  mergedInto: { type: 'id', label: 'Merged into', sql: sql.ref('c.merged_into') },
  tags: { type: 'set', label: 'Tags', sql: sql.ref('c.tags') },
  language: { type: 'text', label: 'Language', sql: sql.ref('c.language') },
  needMet: { type: 'choice', label: 'Need met', sql: sql.ref('c.need_met'), choices: choices(['yes', 'partly', 'no']) },
  waitingSince: { type: 'time', label: 'Waiting since', sql: sql.ref('c.waiting_since') },
  openedAt: { type: 'time', label: 'Opened', sql: sql.ref('c.opened_at') },
  lastAt: { type: 'time', label: 'Last message', sql: sql.ref('c.last_at') },
  dueAt: { type: 'time', label: 'Promised by', sql: sql.ref('c.due_at') },
  snoozedUntil: { type: 'time', label: 'Asleep until', sql: sql.ref('c.snoozed_until') },
  solvedAt: { type: 'time', label: 'Solved', sql: sql.ref('c.solved_at') },
} satisfies Catalogue

type Declared = { key: string; label: string; type: string; choices: string[] }

/** The catalogue with the organisation's own fields, each under `custom.<key>`. */
export const allFields = async ({ db }: Pick<Reading, 'db'>): Promise<Catalogue> => {
  const declared: Declared[] = await db
    .selectFrom('custom_fields')
    .select(['key', 'label', 'type', 'choices'])
    .where('ended_at', 'is', null)
    .orderBy('position')
    .execute()
  return { ...caseFields, ...Object.fromEntries(declared.map(field => [`custom.${field.key}`, customField(field)])) }
}

const customField = ({ key, label, type, choices: values }: Declared): Field =>
  custom(
    sql.ref('c.custom'),
    key,
    type === 'choice'
      ? { type: 'choice', label, choices: choices(values) }
      : { type: type as 'text' | 'number' | 'flag' | 'date', label },
  )
