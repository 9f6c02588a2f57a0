import { NativeSelect, TextInput } from '@mantine/core'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { caseKinds, cases, statuses } from '../../cases/contract.ts'
import { identity } from '../../identity/contract.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { asText } from './acts.ts'

type Change = Record<string, unknown>
type Props = { change: Change; set: (change: Change) => void }

const none = 'none'

/** What an empty choice leaves as it is; "nobody" empties it. */
const numberOrNull = (value: string) => (value === none ? null : Number(value))

export const useStaffOptions = () =>
  (useCall(identity.staff, {}, { staleTime: 5 * 60_000 }).data?.items ?? [])
    .filter(one => one.endedAt === null)
    .map(one => ({ value: String(one.id), label: one.name }))

const Tags = ({ label, value, set }: { label: string; value: unknown; set: (tags: string[]) => void }) => {
  const t = useSay()
  return (
    <TextInput
      label={label}
      placeholder={t('bulk.tagsHint')}
      defaultValue={Array.isArray(value) ? value.join(', ') : ''}
      onChange={event =>
        set(
          event.currentTarget.value
            .split(',')
            .map(tag => tag.trim())
            .filter(tag => tag !== ''),
        )
      }
    />
  )
}

/** The fields of a case that a rule may change; those that are not shown here stay as a program has set them. */
export const ChangeFields = ({ change, set }: Props) => {
  const t = useSay()
  const keep = { value: '', label: t('bulk.keep') }
  const nobody = { value: none, label: t('bulk.nobody') }
  const teams = useTeams().map(team => ({ value: String(team.id), label: team.name }))
  const topics = (useCall(cases.topics, {}, { staleTime: 5 * 60_000 }).data?.items ?? []).map(topic => ({
    value: String(topic.id),
    label: topic.name,
  }))
  const staff = useStaffOptions()
  const put = (key: string, value: unknown) => {
    const { [key]: _, ...rest } = change
    set(value === undefined ? rest : { ...rest, [key]: value })
  }
  const choice = (
    key: string,
    label: string,
    data: { value: string; label: string }[],
    read: (value: string) => unknown,
  ) => (
    <NativeSelect
      key={key}
      label={label}
      data={data}
      value={change[key] === null ? none : asText(change[key])}
      onChange={event => put(key, event.currentTarget.value === '' ? undefined : read(event.currentTarget.value))}
    />
  )
  const words = (value: string) => value
  return (
    <div className="rp-columns">
      {choice(
        'status',
        t('bulk.status'),
        [keep, ...statuses.map(value => ({ value, label: t(`status.${value}`) }))],
        words,
      )}
      {choice(
        'severity',
        t('bulk.severity'),
        [keep, ...([1, 2, 3, 4] as const).map(value => ({ value: String(value), label: t(`severity.${value}`) }))],
        Number,
      )}
      {choice('kind', t('bulk.kind'), [keep, ...caseKinds.map(value => ({ value, label: t(`kind.${value}`) }))], words)}
      {choice('teamId', t('bulk.team'), [keep, nobody, ...teams], numberOrNull)}
      {choice('assigneeId', t('bulk.assignee'), [keep, nobody, ...staff], numberOrNull)}
      {choice('topicId', t('bulk.topic'), [keep, nobody, ...topics], numberOrNull)}
      <Tags
        label={t('bulk.addTags')}
        value={change.addTags}
        set={tags => put('addTags', tags.length > 0 ? tags : undefined)}
      />
      <Tags
        label={t('bulk.removeTags')}
        value={change.removeTags}
        set={tags => put('removeTags', tags.length > 0 ? tags : undefined)}
      />
    </div>
  )
}
