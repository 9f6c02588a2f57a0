import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useAway } from '../../cover/ui/index.ts'
import { ApproachTimes, ApproachWarning } from '../../people/ui/index.ts'
import type { PromiseKind } from '../../promises/contract.ts'
import type { Case } from '../contract.ts'
import { promising } from '../contract-promises.ts'
import { useStaff, useStaffChoices } from './choices.tsx'
import { promiseAnswers } from './promising.ts'

const kinds = ['call_back', 'follow_up', 'next_update', 'visit', 'delivery', 'refund_payment', 'other'] as const

/** An amount of working time, or a moment. A working day is what most counters are open for. */
const times = {
  hour: { withinMinutes: 60 },
  twoHours: { withinMinutes: 120 },
  day: { withinMinutes: 480 },
} as const
type Choice = keyof typeof times | 'pick'

/** Promises the customer something, by an amount of working time or a moment. */
export const PromiseDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const staff = useStaffChoices()
  const [kind, setKind] = useState<PromiseKind>('call_back')
  const [title, setTitle] = useState('')
  const [choice, setChoice] = useState<Choice>('twoHours')
  const [picked, setPicked] = useState('')
  const [by, setBy] = useState(kase.assignee ? String(kase.assignee.id) : '')
  const keeper = useStaff().find(one => String(one.id) === by)
  const mind = useAway().warning(keeper?.id ?? null, keeper?.name ?? '')
  const act = useAct(promising.makePromise, {
    quiet: true,
    refresh: promiseAnswers,
    done: ({ dueAt }) => {
      told(t('case.promise.made', { due: dueAt ? atTime(dueAt) : '' }))
      close()
    },
  })
  // An amount of working time falls on a moment that only the server knows; one that is picked is known here.
  const at = choice === 'pick' && !Number.isNaN(Date.parse(picked)) ? new Date(picked) : null
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const time = choice === 'pick' ? { dueAt: new Date(picked).toISOString() } : times[choice]
    act.mutate({ id: kase.id, kind, title: title.trim(), byStaffId: by ? Number(by) : null, ...time })
  }
  return (
    <FormDialog
      title={t('case.promise.make')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={choice !== 'pick' || !Number.isNaN(Date.parse(picked))}
      action={t('case.promise.make')}
    >
      <ProblemNote problem={act.error} />
      <p className="rp-dim" style={{ margin: 0 }}>
        {t('case.promise.makeLead')}
      </p>
      <NativeSelect
        label={t('case.promise.kind')}
        data={kinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
        value={kind}
        onChange={event => setKind(event.currentTarget.value as PromiseKind)}
        data-autofocus
      />
      <Textarea
        label={t('case.promise.note')}
        autosize
        minRows={2}
        maxLength={200}
        value={title}
        onChange={event => setTitle(event.currentTarget.value)}
      />
      <Radio.Group label={t('case.promise.by.when')} value={choice} onChange={value => setChoice(value)}>
        <div className="rp-radio-list">
          {(Object.keys(times) as (keyof typeof times)[]).map(key => (
            <Radio key={key} value={key} label={t(`case.promise.${key}`)} />
          ))}
          <Radio value="pick" label={t('case.promise.pick')} />
        </div>
      </Radio.Group>
      {kind === 'call_back' && (
        <Suspense fallback={null}>
          <ApproachTimes approach={kase.person.approach} />
          {at && <ApproachWarning person={kase.person} at={at} />}
        </Suspense>
      )}
      {choice === 'pick' && (
        <TextInput
          type="datetime-local"
          label={t('case.promise.pick')}
          value={picked}
          onChange={event => setPicked(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
      )}
      <NativeSelect
        label={t('case.promise.who')}
        data={[{ value: '', label: t('words.nobody') }, ...staff.map(({ value, label }) => ({ value, label }))]}
        value={by}
        onChange={event => setBy(event.currentTarget.value)}
      />
      {mind && <Notice tone="note">{mind}</Notice>}
    </FormDialog>
  )
}
