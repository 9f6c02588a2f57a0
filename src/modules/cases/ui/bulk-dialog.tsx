import { NativeSelect, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { bulk } from '../contract-bulk.ts'
import {
  useKindChoices,
  useSeverityChoices,
  useStaffChoices,
  useStatusChoices,
  useTeamChoices,
  useTopicChoices,
} from './choices.tsx'
import { useFollowBulk } from './follow-bulk.tsx'

type Start = Input<typeof bulk.bulkStart>
type Fields = Record<'status' | 'kind' | 'severity' | 'assignee' | 'team' | 'topic' | 'addTags' | 'removeTags', string>

const untouched: Fields = {
  status: '',
  kind: '',
  severity: '',
  assignee: '',
  team: '',
  topic: '',
  addTags: '',
  removeTags: '',
}

const none = 'none'
const idOf = (value: string) => (value === none ? null : Number(value))
const tagsOf = (value: string) =>
  value
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')

/** Only what was chosen is sent: an empty field leaves the cases as they are. */
const changeOf = (fields: Fields): Start['change'] =>
  ({
    ...(fields.status ? { status: fields.status } : {}),
    ...(fields.kind ? { kind: fields.kind } : {}),
    ...(fields.severity ? { severity: Number(fields.severity) } : {}),
    ...(fields.assignee ? { assigneeId: idOf(fields.assignee) } : {}),
    ...(fields.team ? { teamId: idOf(fields.team) } : {}),
    ...(fields.topic ? { topicId: idOf(fields.topic) } : {}),
    ...(tagsOf(fields.addTags).length > 0 ? { addTags: tagsOf(fields.addTags) } : {}),
    ...(tagsOf(fields.removeTags).length > 0 ? { removeTags: tagsOf(fields.removeTags) } : {}),
  }) as Start['change']

/** The fields that can be changed in many cases, each with "leave as it is" first. */
const useChoices = () => {
  const t = useSay()
  const may = useMay()
  const keep = { value: '', label: t('bulk.keep') }
  const nobody = { value: none, label: t('bulk.nobody') }
  const plain = (choices: { value: string; label: string }[]) => choices.map(({ value, label }) => ({ value, label }))
  const lists = {
    status: [keep, ...plain(useStatusChoices())],
    assignee: [keep, nobody, ...plain(useStaffChoices())],
    team: [keep, nobody, ...plain(useTeamChoices())],
    severity: [keep, ...plain(useSeverityChoices())],
    kind: [keep, ...plain(useKindChoices())],
    topic: [keep, nobody, ...plain(useTopicChoices())],
  }
  const given = may('case.assign')
  return (Object.keys(lists) as (keyof typeof lists)[])
    .filter(key => given || (key !== 'team' && key !== 'assignee'))
    .map(key => ({ key, label: t(`bulk.${key}`), data: lists[key] }))
}

const HowMany = ({ selection }: { selection: Start['selection'] }) => {
  const t = useSay()
  // A read that is a POST, because a selection does not fit into an address.
  const preview = useCall(bulk.bulkPreview, { selection }, { staleTime: 0 })
  if (!preview.data) return <p className="rp-dim">{t('bulk.counting')}</p>
  return (
    <p className="rp-dim" role="status">
      {t('bulk.count', { count: preview.data.count })}{' '}
      {preview.data.beyond && t('bulk.beyond', { count: preview.data.count })}
    </p>
  )
}

type Props = { selection: Start['selection']; close: () => void; started: () => void; refresh: () => void }

/** Chooses what is to change, says beforehand how many cases it is, and starts it. */
export const BulkDialog = ({ selection, close, started, refresh }: Props) => {
  const t = useSay()
  const [fields, setFields] = useState(untouched)
  const set = (key: keyof Fields, value: string) => setFields(before => ({ ...before, [key]: value }))
  const choices = useChoices()
  const follow = useFollowBulk(refresh)
  const start = useAct(bulk.bulkStart, { quiet: true })
  const change = changeOf(fields)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    start.mutate(
      { selection, change },
      {
        onSuccess: made => {
          close()
          started()
          follow(made)
        },
      },
    )
  }
  return (
    <FormDialog
      title={t('bulk.title')}
      close={close}
      onSubmit={submit}
      busy={start.isPending}
      ready={Object.keys(change).length > 0}
      action={t('bulk.start')}
      size={640}
    >
      <HowMany selection={selection} />
      <ProblemNote problem={start.error} />
      <div className="rp-columns">
        {choices.map(({ key, label, data }) => (
          <NativeSelect
            key={key}
            label={label}
            data={data}
            value={fields[key]}
            onChange={event => set(key, event.currentTarget.value)}
          />
        ))}
        {(['addTags', 'removeTags'] as const).map(key => (
          <TextInput
            key={key}
            label={t(`bulk.${key}`)}
            placeholder={t('bulk.tagsHint')}
            value={fields[key]}
            onChange={event => set(key, event.currentTarget.value)}
          />
        ))}
      </div>
    </FormDialog>
  )
}
