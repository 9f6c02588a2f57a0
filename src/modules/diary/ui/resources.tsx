import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconCalendarUser } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { diary, type Resource, resourceKinds } from '../contract.ts'

type Values = { kind: Resource['kind']; name: string; staffId: string; calendarId: string; bufferMinutes: number }

const valuesOf = (resource: Resource | null): Values => ({
  kind: resource?.kind ?? 'person',
  name: resource?.name ?? '',
  staffId: String(resource?.staffId ?? ''),
  calendarId: String(resource?.calendarId ?? ''),
  bufferMinutes: resource?.bufferMinutes ?? 0,
})

const Form = ({ resource, close }: { resource: Resource | null; close: () => void }) => {
  const t = useSay()
  const [values, setValues] = useState(valuesOf(resource))
  const set = (more: Partial<Values>) => setValues(before => ({ ...before, ...more }))
  const staff = useCall(identity.staff, {}).data?.items.filter(one => one.endedAt === null) ?? []
  const calendars = useCall(identity.calendars, {}).data?.items ?? []
  const options = { quiet: true, refresh: [diary.resources], done: close }
  const [add, change] = [useAct(diary.addResource, options), useAct(diary.changeResource, options)]
  const person = values.kind === 'person'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const hours = { calendarId: Number(values.calendarId) || null, bufferMinutes: values.bufferMinutes }
    if (resource)
      change.mutate({ id: resource.id, version: resource.version, ...hours, ...(person ? {} : { name: values.name }) })
    else
      add.mutate({
        kind: values.kind,
        ...hours,
        ...(person ? { staffId: Number(values.staffId) } : { name: values.name }),
      })
  }
  return (
    <FormDialog
      title={t(resource ? 'resources.edit' : 'resources.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      ready={person ? values.staffId !== '' : values.name.trim() !== ''}
    >
      <ProblemNote problem={add.error ?? change.error} />
      <NativeSelect
        label={t('resources.kind')}
        disabled={resource !== null}
        data={resourceKinds.map(value => ({ value, label: t(`resources.kind.${value}`) }))}
        value={values.kind}
        onChange={event => set({ kind: event.currentTarget.value as Values['kind'] })}
        data-autofocus
      />
      {person ? (
        <NativeSelect
          label={t('resources.staff')}
          disabled={resource !== null}
          data={[{ value: '', label: '' }, ...staff.map(one => ({ value: String(one.id), label: one.name }))]}
          value={values.staffId}
          onChange={event => set({ staffId: event.currentTarget.value })}
        />
      ) : (
        <TextInput
          label={t('resources.name')}
          value={values.name}
          maxLength={100}
          onChange={event => set({ name: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label={t('resources.hours')}
        data={[
          { value: '', label: t('resources.hoursOurs') },
          ...calendars.map(one => ({ value: String(one.id), label: one.name })),
        ]}
        value={values.calendarId}
        onChange={event => set({ calendarId: event.currentTarget.value })}
      />
      <NumberInput
        label={t('resources.buffer')}
        value={values.bufferMinutes}
        min={0}
        max={480}
        step={5}
        onChange={value => set({ bufferMinutes: Number(value) })}
      />
    </FormDialog>
  )
}

/** Who and what has a diary of its own. */
export const Resources = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(diary.resources, {})
  const change = useAct(diary.changeResource, { refresh: [diary.resources] })
  return (
    <Records
      title={t('resources.title')}
      lead={t('resources.lead')}
      add={t('resources.add')}
      may={may}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconCalendarUser size={34} stroke={1.2} />}
          title={t('resources.none')}
          text={t('resources.noneText')}
        />
      }
      editLabel={one => `${t('action.edit')} ${one.name}`}
      form={(resource, close) => <Form resource={resource} close={close} />}
    >
      {one => (
        <>
          <div className="rp-grow">
            <strong>{one.name}</strong>{' '}
            <span className="rp-dim">
              {t(`resources.kind.${one.kind}`)}
              {one.bufferMinutes > 0 && ` · ${t('resources.bufferOf', { n: one.bufferMinutes })}`}
            </span>
          </div>
          {may && (
            <ConfirmButton
              size="compact-sm"
              action={t('resources.end')}
              label={`${t('resources.end')}: ${one.name}`}
              question={t('resources.endQuestion', { name: one.name })}
              text={t('resources.endText')}
              onConfirm={() => change.mutate({ id: one.id, ended: true, version: one.version })}
            />
          )}
        </>
      )}
    </Records>
  )
}
