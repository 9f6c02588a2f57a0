import { NativeSelect, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases } from '../contract.ts'
import { bulk } from '../contract-bulk.ts'
import {
  useKindChoices,
  useSeverityChoices,
  useStaffChoices,
  useStageChoices,
  useStatusChoices,
  useTeamChoices,
  useTopicChoices,
} from './choices.tsx'
import { Control, type Value } from './custom-fields.tsx'
import { useFollowBulk } from './follow-bulk.tsx'

type Start = Input<typeof bulk.bulkStart>
type Field = 'status' | 'kind' | 'severity' | 'assignee' | 'team' | 'topic' | 'stage' | 'confidential'
type Fields = Record<Field | 'addTags' | 'removeTags', string>

const untouched: Fields = {
  status: '',
  kind: '',
  severity: '',
  assignee: '',
  team: '',
  topic: '',
  stage: '',
  confidential: '',
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
const changeOf = (fields: Fields, custom: Record<string, Value>): Start['change'] =>
  ({
    ...(fields.status ? { status: fields.status } : {}),
    ...(fields.kind ? { kind: fields.kind } : {}),
    ...(fields.severity ? { severity: Number(fields.severity) } : {}),
    ...(fields.assignee ? { assigneeId: idOf(fields.assignee) } : {}),
    ...(fields.team ? { teamId: idOf(fields.team) } : {}),
    ...(fields.topic ? { topicId: idOf(fields.topic) } : {}),
    ...(fields.stage ? { stage: fields.stage === none ? null : fields.stage } : {}),
    ...(fields.confidential ? { confidential: fields.confidential === 'yes' } : {}),
    ...(Object.keys(custom).length > 0 ? { custom } : {}),
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
    stage: [keep, nobody, ...plain(useStageChoices())],
    confidential: [keep, { value: 'yes', label: t('words.yes') }, { value: 'no', label: t('words.no') }],
  }
  const given = may('case.assign')
  return (Object.keys(lists) as (keyof typeof lists)[])
    .filter(key => given || (key !== 'team' && key !== 'assignee'))
    .filter(key => key !== 'confidential' || may('case.confidential'))
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

type OwnProps = { custom: Record<string, Value>; set: (custom: Record<string, Value>) => void }

/** Fields of one's own: each is named first, so that those that are not named stay as they are. */
const Own = ({ custom, set }: OwnProps) => {
  const t = useSay()
  const all = useCall(cases.customFields, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  const left = all.filter(field => !(field.key in custom))
  if (all.length === 0) return null
  return (
    <div className="rp-columns">
      {all
        .filter(field => field.key in custom)
        .map(field => (
          <Control
            key={field.key}
            field={field}
            value={custom[field.key]}
            set={value => set({ ...custom, [field.key]: value })}
          />
        ))}
      {left.length > 0 && (
        <NativeSelect
          label={t('bulk.own')}
          data={[{ value: '', label: t('bulk.keep') }, ...left.map(({ key, label }) => ({ value: key, label }))]}
          value=""
          onChange={event => event.currentTarget.value && set({ ...custom, [event.currentTarget.value]: null })}
        />
      )}
    </div>
  )
}

type Props = { selection: Start['selection']; close: () => void; started: () => void; refresh: () => void }

/** Chooses what is to change, says beforehand how many cases it is, and starts it. */
export const BulkDialog = ({ selection, close, started, refresh }: Props) => {
  const t = useSay()
  const [fields, setFields] = useState(untouched)
  const [custom, setCustom] = useState<Record<string, Value>>({})
  const set = (key: keyof Fields, value: string) => setFields(before => ({ ...before, [key]: value }))
  const choices = useChoices()
  const follow = useFollowBulk(refresh)
  const start = useAct(bulk.bulkStart, { quiet: true })
  const change = changeOf(fields, custom)
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
      <Own custom={custom} set={setCustom} />
    </FormDialog>
  )
}
