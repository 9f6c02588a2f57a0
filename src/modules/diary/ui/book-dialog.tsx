import { Checkbox, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { cases } from '../../cases/contract.ts'
import { ApproachWarning } from '../../people/ui/index.ts'
import { bookingKinds, diary } from '../contract.ts'
import { bookingAnswers } from './answers.ts'

const useResources = () => useCall(diary.resources, {}).data?.items

type Given = { caseId: number | null; title?: string; startsAt?: string; resourceId?: number }
type Values = {
  caseId: string
  kind: (typeof bookingKinds)[number]
  title: string
  place: string
  note: string
  minutes: number
  resourceIds: number[]
  time: string
  picked: string
  outside: boolean
}

type Part = { values: Values; set: (more: Partial<Values>) => void }

/** The next times that suit all of those who are chosen, or a time one chooses oneself. */
const When = ({ values, set }: Part) => {
  const t = useSay()
  const asks = values.resourceIds.length > 0 && values.minutes >= 5
  const free = useCall(
    diary.free,
    { resources: values.resourceIds.join(','), minutes: values.minutes },
    { enabled: asks },
  )
  const times = (free.data?.items ?? []).filter(at => new Date(at).getMinutes() % 30 === 0).slice(0, 40)
  return (
    <>
      <NativeSelect
        label={t('booking.when')}
        data={[...times.map(at => ({ value: at, label: atTime(at) })), { value: 'pick', label: t('booking.pick') }]}
        value={values.time || times[0] || 'pick'}
        onChange={event => set({ time: event.currentTarget.value })}
        description={asks && free.data && times.length === 0 ? t('booking.freeNone') : undefined}
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

/** What the customer has said about being called at that time. */
const BeforeCalling = ({ caseId, at }: { caseId: number; at: string }) => {
  const kase = useCall(cases.get, { id: caseId }, { enabled: caseId > 0, retry: false }).data
  return kase ? (
    <Suspense fallback={null}>
      <ApproachWarning person={kase.person} at={new Date(at)} />
    </Suspense>
  ) : null
}

const timeOf = (values: Values, first: string | undefined): string | null => {
  const chosen = values.time === '' ? first : values.time
  if (chosen && chosen !== 'pick') return chosen
  const picked = new Date(values.picked)
  return Number.isNaN(picked.getTime()) ? null : picked.toISOString()
}

const useBooking = (given: Given, close: () => void) => {
  const t = useSay()
  const me = useMe()
  const resources = useResources()
  const own = resources?.find(one => one.staffId === me.id)?.id ?? resources?.[0]?.id
  const [values, setValues] = useState<Values>({
    caseId: given.caseId === null ? '' : String(given.caseId),
    kind: 'appointment',
    title: given.title ?? '',
    place: '',
    note: '',
    minutes: 30,
    resourceIds: given.resourceId ? [given.resourceId] : [],
    time: given.startsAt ? 'pick' : '',
    picked: given.startsAt ?? '',
    outside: false,
  })
  const resourceIds = values.resourceIds.length === 0 && own ? [own] : values.resourceIds
  const all = { ...values, resourceIds }
  const asks = resourceIds.length > 0 && values.minutes >= 5
  const free = useCall(diary.free, { resources: resourceIds.join(','), minutes: values.minutes }, { enabled: asks })
  const first = free.data?.items.find(at => new Date(at).getMinutes() % 30 === 0)
  const act = useAct(diary.book, {
    quiet: true,
    refresh: bookingAnswers,
    done: ({ startsAt }) => {
      told(t('booking.booked', { when: atTime(startsAt) }))
      close()
    },
  })
  const at = timeOf(all, first)
  const book = () => {
    if (!at) return
    const { kind, title, place, note, minutes, outside } = all
    act.mutate({
      caseId: Number(all.caseId),
      kind,
      title: title.trim(),
      place,
      note,
      minutes,
      resourceIds,
      startsAt: at,
      outsideHours: outside,
    })
  }
  return {
    values: all,
    set: (more: Partial<Values>) => setValues(before => ({ ...before, ...more })),
    resources,
    act,
    book,
    at,
    ready: at !== null && Number(all.caseId) > 0 && all.title.trim() !== '' && resourceIds.length > 0,
  }
}

/** Books a time for the customer of a case. */
export const BookDialog = ({ given, close }: { given: Given; close: () => void }) => {
  const t = useSay()
  const { values, set, resources, act, book, at, ready } = useBooking(given, close)
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
          onChange={ids => set({ resourceIds: ids.map(Number) })}
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
      <When values={values} set={set} />
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
