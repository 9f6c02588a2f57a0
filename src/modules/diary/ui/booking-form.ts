import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type bookingKinds, diary } from '../contract.ts'
import { bookingAnswers } from './answers.ts'
import { isRound, useTypes, useTypeTimes } from './typed-times.ts'

export type Given = { caseId: number | null; title?: string; startsAt?: string; resourceId?: number }
export type Values = {
  caseId: string
  typeId: number | null
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

const mostTimes = 40

/** The next times that suit all of those who are chosen; of a kind of appointment, those that suit any who offer it. */
const useOffers = ({ typeId, resourceIds, minutes }: Values, own: number | undefined) => {
  const type = useTypes().find(one => one.id === typeId && one.minutes === minutes) ?? null
  const byType = type !== null && resourceIds.length === 0
  const typed = useTypeTimes(byType ? type : null)
  const ids = resourceIds.length > 0 ? resourceIds : own ? [own] : []
  const asks = !byType && ids.length > 0 && minutes >= 5
  const free = useCall(diary.free, { resources: ids.join(','), minutes }, { enabled: asks })
  const offers = byType
    ? typed.times?.map(({ startsAt, resourceId }) => ({ startsAt, resourceIds: [resourceId] }))
    : free.data?.items.map(startsAt => ({ startsAt, resourceIds: ids }))
  return { ids, offers: (byType || asks ? offers : [])?.filter(isRound).slice(0, mostTimes) }
}

const momentOf = (picked: string): string | null => {
  const at = new Date(picked)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** What is being booked: what was typed, the times there are, and the booking itself. */
export const useBooking = (given: Given, close: () => void) => {
  const t = useSay()
  const me = useMe()
  const resources = useCall(diary.resources, {}).data?.items
  const own = resources?.find(one => one.staffId === me.id)?.id ?? resources?.[0]?.id
  const [values, setValues] = useState<Values>({
    caseId: given.caseId === null ? '' : String(given.caseId),
    typeId: null,
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
  const { ids, offers } = useOffers(values, own)
  const chosen = offers?.find(one => one.startsAt === values.time) ?? (values.time === '' ? offers?.[0] : undefined)
  const resourceIds = chosen?.resourceIds ?? ids
  const at = chosen?.startsAt ?? momentOf(values.picked)
  const act = useAct(diary.book, {
    quiet: true,
    refresh: bookingAnswers,
    done: ({ startsAt }) => {
      told(t('booking.booked', { when: atTime(startsAt) }))
      close()
    },
  })
  const book = () => {
    if (!at) return
    const { kind, title, place, note, minutes, outside, typeId } = values
    act.mutate({
      caseId: Number(values.caseId),
      ...{ kind, place, note, minutes, resourceIds, startsAt: at, outsideHours: outside },
      title: title.trim(),
      ...(typeId === null ? {} : { typeId }),
    })
  }
  return {
    values: { ...values, resourceIds },
    set: (more: Partial<Values>) => setValues(before => ({ ...before, ...more })),
    resources,
    offers,
    act,
    book,
    at,
    ready: at !== null && Number(values.caseId) > 0 && values.title.trim() !== '' && resourceIds.length > 0,
  }
}
