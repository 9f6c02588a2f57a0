import { Checkbox, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense } from 'react'
import { useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { cases } from '../../cases/contract.ts'
import { ApproachWarning } from '../../people/ui/index.ts'
import { bookingKinds } from '../contract.ts'
import { type Given, useBooking, type Values } from './booking-form.ts'
import { useTypes } from './typed-times.ts'

type Part = { values: Values; set: (more: Partial<Values>) => void }

/** The next free times, or a time one chooses oneself. */
const When = ({ values, set, offers }: Part & { offers: readonly { startsAt: string }[] | undefined }) => {
  const t = useSay()
  const times = (offers ?? []).map(one => one.startsAt)
  return (
    <>
      <NativeSelect
        label={t('booking.when')}
        data={[...times.map(at => ({ value: at, label: atTime(at) })), { value: 'pick', label: t('booking.pick') }]}
        value={values.time || times[0] || 'pick'}
        onChange={event => set({ time: event.currentTarget.value })}
        description={offers?.length === 0 ? t('booking.freeNone') : undefined}
      />
      {(values.time === 'pick' || times.length === 0) && (
        <TextInput
          type="datetime-local"
          label={t('booking.pick')}
          value={values.picked}
          onChange={event => set({ picked: event.currentTarget.value, time: 'pick' })}
          required
          withAsterisk={false}
        />
      )}
    </>
  )
}

/** What is often booked: choosing it fills in the rest. */
const Type = ({ values, set }: Part) => {
  const t = useSay()
  const types = useTypes()
  if (types.length === 0) return null
  const pick = (id: number) => {
    const type = types.find(one => one.id === id)
    if (!type) return set({ typeId: null })
    const { kind, minutes, place, name } = type
    set({ typeId: id, kind, minutes, place, title: name, resourceIds: [], time: '' })
  }
  return (
    <NativeSelect
      label={t('booking.type')}
      data={[
        { value: '', label: t('booking.typeNone') },
        ...types.map(one => ({ value: String(one.id), label: one.name })),
      ]}
      value={values.typeId ?? ''}
      onChange={event => pick(Number(event.currentTarget.value))}
    />
  )
}

/** What the customer has said about being called at that time. */
const BeforeCalling = ({ caseId, at }: { caseId: number; at: string }) => {
  const kase = useCall(cases.get, { id: caseId }, { enabled: caseId > 0, retry: false }).data
  return kase ? (
    <Suspense fallback={null}>
      <ApproachWarning person={kase.person} at={new Date(at)} />
    </Suspense>
  ) : null
}

/** Books a time for the customer of a case. */
export const BookDialog = ({ given, close }: { given: Given; close: () => void }) => {
  const t = useSay()
  const { values, set, resources, offers, act, book, at, ready } = useBooking(given, close)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    book()
  }
  return (
    <FormDialog
      title={t('booking.book')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={ready}
      action={t('booking.book')}
      size="lg"
    >
      <ProblemNote problem={act.error} />
      {resources?.length === 0 && <Notice tone="note">{t('booking.whoNone')}</Notice>}
      {given.caseId === null && (
        <TextInput
          label={t('booking.case')}
          inputMode="numeric"
          value={values.caseId}
          onChange={event => set({ caseId: event.currentTarget.value.replace(/\D/g, '') })}
          data-autofocus
        />
      )}
      <Type values={values} set={set} />
      <div className="rp-columns">
        <TextInput
          label={t('booking.title')}
          value={values.title}
          maxLength={200}
          onChange={event => set({ title: event.currentTarget.value })}
          {...(given.caseId === null ? {} : { 'data-autofocus': true })}
        />
        <NativeSelect
          label={t('booking.kind')}
          data={bookingKinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
          value={values.kind}
          onChange={event => set({ kind: event.currentTarget.value as Values['kind'] })}
        />
      </div>
      <div className="rp-columns">
        <MultiSelect
          label={t('booking.who')}
          data={(resources ?? []).map(one => ({ value: String(one.id), label: one.name }))}
          value={values.resourceIds.map(String)}
          onChange={ids => set({ resourceIds: ids.map(Number), time: '' })}
        />
        <NumberInput
          label={t('booking.minutes')}
          value={values.minutes}
          min={5}
          max={1440}
          step={15}
          onChange={value => set({ minutes: Number(value) })}
        />
      </div>
      <When values={values} set={set} offers={offers} />
      {values.kind === 'call_back' && at && <BeforeCalling caseId={Number(values.caseId)} at={at} />}
      {values.time === 'pick' && (
        <Checkbox
          label={t('booking.outside')}
          checked={values.outside}
          onChange={event => set({ outside: event.currentTarget.checked })}
        />
      )}
      <TextInput
        label={t('booking.place')}
        value={values.place}
        maxLength={200}
        onChange={event => set({ place: event.currentTarget.value })}
      />
      <Textarea
        label={t('booking.note')}
        autosize
        minRows={2}
        maxLength={1000}
        value={values.note}
        onChange={event => set({ note: event.currentTarget.value })}
      />
    </FormDialog>
  )
}
