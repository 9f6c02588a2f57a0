import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Tile } from '../../../ui/kit/tile.tsx'
import { onClock, onWeekday } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { AppointmentType } from '../contract.ts'
import { type ChosenTime, chosenOf, useTypes, useTypeTimes } from './typed-times.ts'

type Props = { chosen: ChosenTime | null; choose: (time: ChosenTime | null) => void }

const Times = ({ type, chosen, choose }: Props & { type: AppointmentType }) => {
  const t = useSay()
  const { times, error } = useTypeTimes(type)
  const [wanted, setDay] = useState<string | null>(null)
  if (error) return <ProblemNote problem={error} />
  if (!times) return <Loading rows={1} />
  const days = Map.groupBy(times, one => onWeekday(one.startsAt))
  const day = wanted !== null && days.has(wanted) ? wanted : ([...days.keys()][0] ?? '')
  if (day === '') return <p className="rp-dim">{t('booking.noneFree')}</p>
  return (
    <>
      <NativeSelect
        size="lg"
        label={t('booking.day')}
        data={[...days.keys()]}
        value={day}
        onChange={event => setDay(event.currentTarget.value)}
      />
      <fieldset className="rp-tiles">
        <legend>{t('booking.when')}</legend>
        {days.get(day)?.map(one => (
          <Tile
            key={one.startsAt}
            on={chosen?.startsAt === one.startsAt}
            press={() => choose(chosen?.startsAt === one.startsAt ? null : chosenOf(type, one))}
          >
            {onClock(one.startsAt)}
          </Tile>
        ))}
      </fieldset>
    </>
  )
}

/** At the counter: when they come again. What is chosen is booked when the contact is saved. */
export const CounterTime = ({ chosen, choose }: Props) => {
  const t = useSay()
  const types = useTypes()
  const [typeId, setType] = useState<number | null>(null)
  const type = types.find(one => one.id === typeId) ?? null
  if (!useMay()('case.handle') || types.length === 0) return null
  const pick = (id: number) => {
    setType(id === typeId ? null : id)
    choose(null)
  }
  return (
    <>
      <fieldset className="rp-tiles">
        <legend>{t('booking.book')}</legend>
        {types.map(one => (
          <Tile key={one.id} on={one.id === typeId} press={() => pick(one.id)}>
            {t('booking.typeMinutes', { name: one.name, minutes: one.minutes })}
          </Tile>
        ))}
      </fieldset>
      {type && <Times key={type.id} type={type} chosen={chosen} choose={choose} />}
    </>
  )
}
