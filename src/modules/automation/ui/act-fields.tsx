import { MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { promiseKinds } from '../../promises/contract.ts'
import { referralReasons } from '../../referrals/contract.ts'
import { type Act, asText } from './acts.ts'
import { ChangeFields, useStaffOptions } from './change-fields.tsx'

type Props = { act: Act; set: (act: Act) => void }

const Words = ({ act, set, field, label }: Props & { field: string; label: string }) => (
  <Textarea
    label={label}
    autosize
    minRows={2}
    maxRows={10}
    maxLength={10_000}
    value={asText(act[field])}
    onChange={event => set({ ...act, [field]: event.currentTarget.value })}
  />
)

const PromiseFields = ({ act, set }: Props) => {
  const t = useSay()
  return (
    <div className="rp-columns">
      <NativeSelect
        label={t('rules.promise.kind')}
        data={promiseKinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
        value={asText(act.kind)}
        onChange={event => set({ ...act, kind: event.currentTarget.value })}
      />
      <TextInput
        label={t('rules.promise.title')}
        maxLength={200}
        value={asText(act.title)}
        onChange={event => set({ ...act, title: event.currentTarget.value })}
      />
      <NumberInput
        label={t('rules.promise.within')}
        min={1}
        value={Number(act.withinMinutes)}
        onChange={value => set({ ...act, withinMinutes: Math.max(1, Number(value)) })}
      />
    </div>
  )
}

const ReferFields = ({ act, set }: Props) => {
  const t = useSay()
  const teams = useTeams().map(team => ({ value: String(team.id), label: team.name }))
  return (
    <>
      <div className="rp-columns">
        <NativeSelect
          label={t('rules.refer.team')}
          data={[{ value: '0', label: t('rules.choose') }, ...teams]}
          value={asText(act.teamId)}
          onChange={event => set({ ...act, teamId: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={t('rules.refer.reason')}
          data={referralReasons.map(value => ({ value, label: t(`reason.${value}`) }))}
          value={asText(act.reason)}
          onChange={event => set({ ...act, reason: event.currentTarget.value })}
        />
      </div>
      <Words act={act} set={set} field="question" label={t('rules.refer.question')} />
    </>
  )
}

const TellFields = ({ act, set }: Props) => {
  const t = useSay()
  const staff = useStaffOptions()
  return (
    <>
      <MultiSelect
        label={t('rules.tell.whom')}
        data={staff}
        value={Array.isArray(act.staffIds) ? act.staffIds.map(String) : []}
        onChange={ids => set({ ...act, staffIds: ids.map(Number) })}
        searchable
      />
      <Words act={act} set={set} field="text" label={t('rules.note.text')} />
    </>
  )
}

/** What belongs to one thing that is done. One that only a program can have written is shown by its name. */
export const ActFields = ({ act, set }: Props) => {
  const t = useSay()
  const staff = useStaffOptions()
  if (act.do === 'change')
    return (
      <ChangeFields change={(act.change ?? {}) as Record<string, unknown>} set={change => set({ ...act, change })} />
    )
  if (act.do === 'reply') return <Words act={act} set={set} field="text" label={t('rules.reply.text')} />
  if (act.do === 'note') return <Words act={act} set={set} field="text" label={t('rules.note.text')} />
  if (act.do === 'tell') return <TellFields act={act} set={set} />
  if (act.do === 'promise') return <PromiseFields act={act} set={set} />
  if (act.do === 'refer') return <ReferFields act={act} set={set} />
  if (act.do === 'follow')
    return (
      <NativeSelect
        label={t('rules.follow.who')}
        data={[{ value: '0', label: t('rules.choose') }, ...staff]}
        value={asText(act.staffId)}
        onChange={event => set({ ...act, staffId: Number(event.currentTarget.value) })}
      />
    )
  return <p className="rp-dim rp-small">{t(act.do === 'hand_out' ? 'rules.handOutText' : 'rules.byProgram')}</p>
}
