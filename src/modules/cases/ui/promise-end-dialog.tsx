import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type PromiseReason, type PromiseView, promiseReasons } from '../../promises/contract.ts'
import { promising } from '../contract-promises.ts'
import { asLocal, promiseAnswers } from './promising.ts'

type Props = { promise: PromiseView; how: 'late' | 'withdraw' | 'move'; close: () => void }

const offered = promiseReasons.filter(reason => reason !== 'merged')

/** Why a promise is kept late or taken back. */
const Ending = ({ promise, how, close }: Props & { how: 'late' | 'withdraw' }) => {
  const t = useSay()
  const [reason, setReason] = useState<PromiseReason>(how === 'late' ? 'no_capacity' : 'no_longer_needed')
  const [note, setNote] = useState('')
  const done = { quiet: true, refresh: promiseAnswers }
  const keep = useAct(promising.keepPromise, {
    ...done,
    done: () => {
      told(t('case.promise.doneLate'))
      close()
    },
  })
  const withdraw = useAct(promising.withdrawPromise, {
    ...done,
    done: () => {
      told(t('case.promise.withdrawn'))
      close()
    },
  })
  const act = how === 'late' ? keep : withdraw
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    act.mutate({ promiseId: promise.id, version: promise.version, reason, ...(note.trim() ? { note } : {}) })
  }
  return (
    <FormDialog
      title={t(how === 'late' ? 'case.promise.doneLate' : 'case.promise.withdraw')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t(how === 'late' ? 'case.promise.keep' : 'case.promise.withdraw')}
    >
      <ProblemNote problem={act.error} />
      <p className="rp-dim" style={{ margin: 0 }}>
        {how === 'late'
          ? t('case.promise.lateLead', { due: promise.dueAt ? atTime(promise.dueAt) : '' })
          : t('case.promise.withdrawLead')}
      </p>
      <NativeSelect
        label={t('case.promise.reason')}
        data={offered.map(value => ({ value, label: t(`promise.reason.${value}`) }))}
        value={reason}
        onChange={event => setReason(event.currentTarget.value as PromiseReason)}
        data-autofocus
      />
      <Textarea
        label={t('case.promise.note')}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

const Moving = ({ promise, close }: Omit<Props, 'how'>) => {
  const t = useSay()
  const [at, setAt] = useState(promise.dueAt ? asLocal(new Date(promise.dueAt)) : '')
  const [why, setWhy] = useState('')
  const act = useAct(promising.movePromise, {
    quiet: true,
    refresh: promiseAnswers,
    done: () => {
      told(t('case.promise.moved'))
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    act.mutate({ promiseId: promise.id, dueAt: new Date(at).toISOString(), why, version: promise.version })
  }
  return (
    <FormDialog
      title={t('case.promise.move')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={!Number.isNaN(Date.parse(at)) && why.trim() !== ''}
    >
      <ProblemNote problem={act.error} />
      <TextInput
        type="datetime-local"
        label={t('case.promise.by.when')}
        value={at}
        onChange={event => setAt(event.currentTarget.value)}
        required
        withAsterisk={false}
        data-autofocus
      />
      <TextInput
        label={t('case.promise.moveWhy')}
        value={why}
        maxLength={200}
        onChange={event => setWhy(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
    </FormDialog>
  )
}

/** Ends a promise, or gives it another time. */
export const EndDialog = ({ promise, how, close }: Props) =>
  how === 'move' ? <Moving promise={promise} close={close} /> : <Ending promise={promise} how={how} close={close} />
