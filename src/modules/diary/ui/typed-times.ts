import { useCall } from '../../../ui/call.ts'
import { type AppointmentType, type Booking, diary } from '../contract.ts'

/** A time of a kind of appointment, with all that is needed to book it for a case. */
export type ChosenTime = {
  typeId: number
  kind: Booking['kind']
  title: string
  place: string
  minutes: number
  startsAt: string
  resourceIds: number[]
}

type Offer = { startsAt: string; resourceId: number }

export const chosenOf = (type: AppointmentType, { startsAt, resourceId }: Offer): ChosenTime => ({
  typeId: type.id,
  kind: type.kind,
  title: type.name,
  place: type.place,
  minutes: type.minutes,
  startsAt,
  resourceIds: [resourceId],
})

/** On the hour and on the half: enough to choose from, and few enough to say aloud. */
export const isRound = ({ startsAt }: { startsAt: string }) => new Date(startsAt).getMinutes() % 30 === 0

/** When a kind of appointment can be had in the next two weeks. */
export const useTypeTimes = (type: AppointmentType | null) => {
  const { data, error } = useCall(diary.typeTimes, { id: type?.id ?? 0 }, { enabled: type !== null, staleTime: 0 })
  return { times: data?.items.filter(isRound), error }
}

export const useTypes = (): AppointmentType[] => useCall(diary.types, {}).data?.items ?? []
