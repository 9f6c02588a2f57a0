import { Checkbox, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Booking, diary } from '../contract.ts'
import { bookingAnswers } from './answers.ts'

type Props = { booking: Booking; close: () => void }

const asLocal = (at: string): string => {
  const moment = new Date(at)
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Gives an appointment another time. */
export const MoveDialog = ({ booking, close }: Props) => {
  const t = useSay()
  const [at, setAt] = useState(asLocal(booking.startsAt))
  const [outside, setOutside] = useState(false)
  const act = useAct(diary.moveBooking, {
    quiet: true,
    refresh: bookingAnswers,
    done: ({ startsAt }) => {
      told(t('booking.moved', { when: atTime(startsAt) }))
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    act.mutate({
      id: booking.id,
      startsAt: new Date(at).toISOString(),
      outsideHours: outside,
      version: booking.version,
    })
  }
  return (
    <FormDialog
      title={t('booking.move')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={!Number.isNaN(Date.parse(at))}
    >
      <ProblemNote problem={act.error} />
      <TextInput
        type="datetime-local"
        label={t('booking.when')}
        value={at}
        onChange={event => setAt(event.currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Checkbox
        label={t('booking.outside')}
        checked={outside}
        onChange={event => setOutside(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}

/** Cancels an appointment; the customer is told. */
export const CancelDialog = ({ booking, close }: Props) => {
  const t = useSay()
  const [why, setWhy] = useState('')
  const act = useAct(diary.cancelBooking, {
    quiet: true,
    refresh: bookingAnswers,
    done: () => {
      told(t('booking.cancelled'))
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    act.mutate({ id: booking.id, why, version: booking.version })
  }
  return (
    <FormDialog
      title={t('booking.cancel')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('booking.cancel')}
    >
      <ProblemNote problem={act.error} />
      <p className="rp-dim" style={{ margin: 0 }}>
        {t('booking.cancelLead')}
      </p>
      <TextInput
        label={t('booking.cancelWhy')}
        value={why}
        maxLength={300}
        onChange={event => setWhy(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
