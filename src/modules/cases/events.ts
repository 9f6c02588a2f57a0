import type { Sentences } from '../../platform/module.ts'

const words = (value: unknown) => String(value ?? 'nothing').replaceAll('_', ' ')

const labels: Record<string, string> = {
  subject: 'the subject',
  kind: 'the kind',
  status: 'the status',
  stage: 'the stage',
  topic: 'the topic',
  severity: 'the severity',
  team: 'the team',
  assignee: 'who handles it',
  confidential: 'the confidentiality',
  tags: 'the tags',
  custom: 'the details',
  needMet: 'whether the need was met',
}

const change = (field: string, before: unknown, after: unknown): string => {
  if (field === 'status') return `set the status to ${words(after)}`
  if (field === 'assignee') return after ? `gave it to ${words(after)}` : 'took it back from whoever had it'
  if (field === 'team') return after ? `passed it to ${words(after)}` : 'took it from the team'
  if (field === 'confidential') return after ? 'marked it confidential' : 'lifted the confidentiality'
  if (field === 'needMet')
    return `noted that the need was ${after === 'yes' ? 'met' : after === 'partly' ? 'partly met' : 'not met'}`
  if (field === 'severity' || field === 'kind' || field === 'stage' || field === 'topic')
    return `changed ${labels[field]} from ${words(before)} to ${words(after)}`
  return `changed ${labels[field] ?? field}`
}

/** What happened to a case, in the words after the actor's name. */
export const sentences: Sentences = {
  'case.opened': ({ data }) => `opened the case by ${words(data.channel)}`,
  'case.changed': ({ before, after }) =>
    Object.keys(after ?? {})
      .map(field => change(field, before?.[field], after?.[field]))
      .join(', '),
  'case.received': ({ data }) => `wrote by ${words(data.channel)}`,
  'case.replied': () => 'answered',
  'case.noted': () => 'left a note',
  'case.reply_undone': () => 'took back a reply before it went out',
  'case.reopened': () => 'opened the case again',
  'case.followed': () => 'follows the case',
  'case.unfollowed': () => 'no longer follows the case',
  'case.check_asked': () => 'asked by e-mail whether the need was met',
  'case.check_answered': ({ data }) =>
    `said the need was ${data.met === 'yes' ? 'met' : data.met === 'partly' ? 'partly met' : 'not met'}`,
  'case.read': () => 'read the case',
  'case.exported': () => 'exported the case',
  'case.delivered': () => 'delivered the answer by mail',
  'case.delivery_failed': ({ data }) => `could not deliver the answer: ${words(data.reason)}`,
  'case.bounced': ({ data }) => `got the answer back from ${words(data.address)}: ${words(data.reason)}`,
  'person.read_in_case': () => 'read the person’s details in a case',
  'view.saved': ({ data }) => `saved the view “${String(data.name)}”`,
  'view.removed': ({ data }) => `removed the view “${String(data.name)}”`,
  'custom_field.added': ({ data }) => `declared the field “${String(data.label)}”`,
}
