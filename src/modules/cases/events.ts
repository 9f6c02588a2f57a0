import { asText, type Sentences, type Told } from '../../platform/events/telling.ts'
import type { PersonalKeys } from '../../platform/permissions/personal.ts'
import type { Phrase, Values } from '../../shared/phrase.ts'
import type { en } from './ui/en.ts'

type Key = keyof typeof en
const phrase = (key: Key, values: Values = {}): Phrase => ({ key, values })

/** A thing with a name of its own in the language file, such as a status; `none` where there is none. */
const named = (
  group: 'kind' | 'status' | 'stage' | 'severity' | 'met' | 'by' | 'skip',
  value: unknown,
  none: Key = 'change.nothing',
) => ({ key: value === null || value === undefined ? none : `${group}.${asText(value)}` })

/** Names are data: they are said as they are. */
const name = (value: unknown, none: Key) => (value ? asText(value) : { key: none })

/** How a change of each field is said. */
const changes: Record<string, (before: unknown, after: unknown) => Phrase> = {
  subject: () => phrase('change.subject'),
  kind: (before, after) => phrase('change.kind', { before: named('kind', before), after: named('kind', after) }),
  status: (_, after) => phrase('change.status', { after: named('status', after) }),
  stage: (before, after) =>
    phrase('change.stage', {
      before: named('stage', before, 'case.noStage'),
      after: named('stage', after, 'case.noStage'),
    }),
  topic: (before, after) =>
    phrase('change.topic', { before: name(before, 'case.noTopic'), after: name(after, 'case.noTopic') }),
  product: (before, after) =>
    phrase('change.product', { before: name(before, 'case.noProduct'), after: name(after, 'case.noProduct') }),
  severity: (before, after) =>
    phrase('change.severity', { before: named('severity', before), after: named('severity', after) }),
  team: (_, after) => (after ? phrase('change.team', { after: asText(after) }) : phrase('change.teamNone')),
  assignee: (_, after) => (after ? phrase('change.assignee', { after: asText(after) }) : phrase('change.assigneeNone')),
  confidential: (_, after) => phrase(after ? 'change.confidential' : 'change.confidentialNone'),
  tags: () => phrase('change.tags'),
  custom: () => phrase('change.custom'),
  needMet: (_, after) =>
    after ? phrase('change.needMet', { met: named('met', after) }) : phrase('change.needMetNone'),
}

const reason = (value: unknown) => asText(value).replaceAll('_', ' ')

const merge = ({ data }: Told) => ({ from: Number(data.sourceId), to: Number(data.targetId) })
const split = ({ data }: Told) => ({ from: Number(data.fromId), to: Number(data.newId) })
const link = ({ data }: Told) => ({ from: Number(data.fromId), to: Number(data.toId) })

/** What the events of cases say of people, and what people wrote. Names of colleagues are no secret of the trail. */
export const personal: PersonalKeys = {
  'case.changed': ['subject', 'custom'],
  'case.check_answered': ['remark'],
  'case.bounced': ['address', 'reason'],
  'case.delivery_failed': ['reason'],
  'case.merged': ['subject'],
  'case.skipped': ['words'],
}

/** What is filled into the sentences of `ui/en-events.ts`. */
export const sentences: Sentences = {
  'case.opened': ({ data }) => ({ how: named('by', data.channel) }),
  'case.changed': ({ before, after }) =>
    Object.keys(after ?? {}).flatMap(field => changes[field]?.(before?.[field], after?.[field]) ?? []),
  'case.received': ({ data }) => ({ how: named('by', data.channel) }),
  'case.reply_undone': ({ after }) => [
    phrase('event.case.reply_undone'),
    ...(after && 'needMet' in after ? [phrase('undone.needMet')] : []),
    ...(after?.status ? [phrase('undone.status', { after: named('status', after.status) })] : []),
  ],
  'case.check_answered': ({ data }) => ({ met: named('met', data.met) }),
  'case.delivery_failed': ({ data }) => ({ reason: reason(data.reason) }),
  'case.bounced': ({ data }) => ({ address: asText(data.address), reason: reason(data.reason) }),
  'case.merged': event => ({ ...merge(event), subject: asText(event.data.subject) }),
  'case.merged_away': merge,
  'case.unmerged': merge,
  'case.split': split,
  'case.split_off': split,
  'case.linked': link,
  'case.unlinked': link,
  'case.skipped': ({ data }) => [
    phrase('event.case.skipped', { reason: named('skip', data.reason) }),
    ...(data.words ? [phrase('skip.said', { words: asText(data.words) })] : []),
  ],
  'case.snoozed': ({ data }) => ({ until: { at: asText(data.until) } }),
  'bulk.started': ({ data }) => ({ total: Number(data.total) }),
  'case.article_used': ({ data }) => ({ title: asText(data.title) }),
  'case.macro_used': ({ data }) => ({ name: String(data.name) }),
  'macro.saved': ({ data }) => ({ name: String(data.name) }),
  'macro.removed': ({ data }) => ({ name: String(data.name) }),
  'view.saved': ({ data }) => ({ name: asText(data.name) }),
  'view.removed': ({ data }) => ({ name: asText(data.name) }),
  'custom_field.added': ({ data }) => ({ label: asText(data.label) }),
}
