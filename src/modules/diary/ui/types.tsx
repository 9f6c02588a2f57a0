import { MultiSelect, NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { IconCalendarPlus } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { type AppointmentType, bookingKinds, diary } from '../contract.ts'

type Values = Omit<AppointmentType, 'id' | 'version'>

const blank: Values = {
  name: '',
  description: '',
  kind: 'appointment',
  minutes: 30,
  place: '',
  teamId: null,
  resourceIds: [],
  public: false,
  noticeMinutes: 120,
  horizonDays: 30,
}

type Part = { values: Values; set: (more: Partial<Values>) => void }

const Customers = ({ values, set }: Part) => {
  const t = useSay()
  return (
    <>
      <Switch
        label={t('types.public')}
        checked={values.public}
        onChange={event => set({ public: event.currentTarget.checked })}
      />
      {values.public && (
        <>
          <Textarea
            label={t('types.description')}
            autosize
            minRows={2}
            maxLength={500}
            value={values.description}
            onChange={event => set({ description: event.currentTarget.value })}
          />
          <div className="rp-columns">
            <NumberInput
              label={t('types.notice')}
              value={values.noticeMinutes}
              min={0}
              max={43_200}
              onChange={value => set({ noticeMinutes: Number(value) })}
            />
            <NumberInput
              label={t('types.days')}
              value={values.horizonDays}
              min={1}
              max={366}
              onChange={value => set({ horizonDays: Number(value) })}
            />
          </div>
        </>
      )}
    </>
  )
}

const Form = ({ type, close }: { type: AppointmentType | null; close: () => void }) => {
  const t = useSay()
  const [values, setValues] = useState<Values>(type ?? blank)
  const set = (more: Partial<Values>) => setValues(before => ({ ...before, ...more }))
  const resources = useCall(diary.resources, {}).data?.items ?? []
  const teams = useTeams()
  const options = { quiet: true, refresh: [diary.types], done: close }
  const [add, change] = [useAct(diary.addType, options), useAct(diary.changeType, options)]
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const { kind, ...rest } = values
    const given = {
      name: rest.name,
      description: rest.description,
      minutes: rest.minutes,
      place: rest.place,
      teamId: rest.teamId,
      resourceIds: rest.resourceIds,
      public: rest.public,
      noticeMinutes: rest.noticeMinutes,
      horizonDays: rest.horizonDays,
    }
    if (type) change.mutate({ id: type.id, version: type.version, ...given })
    else add.mutate({ kind, ...given })
  }
  return (
    <FormDialog
      title={t(type ? 'types.edit' : 'types.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      ready={values.name.trim() !== '' && values.resourceIds.length > 0}
      size="lg"
    >
      <ProblemNote problem={add.error ?? change.error} />
      <div className="rp-columns">
        <TextInput
          label={t('types.name')}
          value={values.name}
          maxLength={100}
          onChange={event => set({ name: event.currentTarget.value })}
          data-autofocus
        />
        <NativeSelect
          label={t('booking.kind')}
          disabled={type !== null}
          data={bookingKinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
          value={values.kind}
          onChange={event => set({ kind: event.currentTarget.value as Values['kind'] })}
        />
        <NumberInput
          label={t('booking.minutes')}
          value={values.minutes}
          min={5}
          max={1440}
          step={5}
          onChange={value => set({ minutes: Number(value) })}
        />
      </div>
      <MultiSelect
        label={t('booking.who')}
        data={resources.map(one => ({ value: String(one.id), label: one.name }))}
        value={values.resourceIds.map(String)}
        onChange={ids => set({ resourceIds: ids.map(Number) })}
      />
      <div className="rp-columns">
        <TextInput
          label={t('booking.place')}
          value={values.place}
          maxLength={200}
          onChange={event => set({ place: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('types.team')}
          data={[
            { value: '', label: t('types.teamNone') },
            ...teams.map(team => ({ value: String(team.id), label: team.name })),
          ]}
          value={String(values.teamId ?? '')}
          onChange={event => set({ teamId: Number(event.currentTarget.value) || null })}
        />
      </div>
      <Customers values={values} set={set} />
    </FormDialog>
  )
}

/** What is booked often, and which of it customers may book themselves. */
export const Types = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(diary.types, {})
  const change = useAct(diary.changeType, { refresh: [diary.types] })
  return (
    <Records
      title={t('types.title')}
      lead={t('types.lead')}
      add={t('types.add')}
      may={may}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconCalendarPlus size={34} stroke={1.2} />}
          title={t('types.none')}
          text={t('types.noneText')}
        />
      }
      editLabel={one => `${t('action.edit')} ${one.name}`}
      form={(type, close) => <Form type={type} close={close} />}
    >
      {one => (
        <>
          <div className="rp-grow">
            <strong>{one.name}</strong>{' '}
            <span className="rp-dim">
              {t('types.minutesOf', { n: one.minutes })}
              {one.place && ` · ${one.place}`} · {t(one.public ? 'types.publicOf' : 'types.private')}
            </span>
          </div>
          {may && (
            <ConfirmButton
              size="compact-sm"
              action={t('types.end')}
              label={`${t('types.end')}: ${one.name}`}
              question={t('types.endQuestion', { name: one.name })}
              text={t('types.endText')}
              onConfirm={() => change.mutate({ id: one.id, ended: true, version: one.version })}
            />
          )}
        </>
      )}
    </Records>
  )
}
