import { Button, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../../cases/contract.ts'
import { insertInto } from '../../cases/ui/index.ts'
import { GiveDialog, ReferDialog } from '../../referrals/ui/index.ts'
import type { CaseStep, Value } from '../contract-shapes.ts'
import { StepAnswer, StepQuestion, useAnswer } from './step-answer.tsx'
import { useMark, useProceduresOf, useSpan } from './steps.ts'

type Props = {
  kase: Case
  procedureId: number
  step: CaseStep
  /** In the panel the composer is at hand; alone on a screen a question goes out from here. */
  alone: boolean
  done?: () => void
}

/** Leaves a step out, which needs a reason. */
const LeaveOut = ({ busy, leave, alone }: { busy: boolean; leave: (note: string) => void; alone: boolean }) => {
  const t = useSay()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState('')
  const size = alone ? 'md' : 'compact-sm'
  if (!asking)
    return (
      <Button size={size} variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {t('steps.leaveOut')}
      </Button>
    )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (note.trim()) leave(note.trim())
  }
  return (
    <form onSubmit={submit} className="rp-step-skip">
      <TextInput
        label={t('steps.why')}
        maxLength={500}
        autoFocus
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      <Button type="submit" size={size} variant="default" loading={busy} disabled={note.trim() === ''}>
        {t('steps.leaveOut')}
      </Button>
    </form>
  )
}

/** What has to happen before such a step is done; it is done by itself once it has. */
const First = ({ kase, step, alone, mark }: Pick<Props, 'kase' | 'step' | 'alone'> & { mark: () => void }) => {
  const t = useSay()
  const [open, setOpen] = useState(false)
  const { refetch } = useProceduresOf(kase.id)
  const refers = step.act?.does === 'refer'
  const close = () => {
    setOpen(false)
    void refetch().then(({ data }) => {
      const now = data?.items.flatMap(one => one.steps).find(one => one.key === step.key)
      if (now?.happened && now.state === 'open') mark()
    })
  }
  return (
    <>
      <Button
        size={alone ? 'lg' : 'compact-sm'}
        variant={alone ? 'filled' : 'default'}
        {...(alone ? { autoFocus: true } : {})}
        onClick={() => setOpen(true)}
      >
        {t(refers ? 'refer.action' : 'give.action')}
      </Button>
      <Suspense fallback={null}>
        {open && (refers ? <ReferDialog kase={kase} close={close} /> : <GiveDialog kase={kase} close={close} />)}
      </Suspense>
    </>
  )
}

const useDoneLabel = ({ act, answer }: CaseStep, alone: boolean): string => {
  const t = useSay()
  const span = useSpan()
  if (act?.does === 'promise') return t('steps.promise', { span: span(act.withinMinutes) })
  if (act?.does === 'ask') return t(alone ? 'steps.send' : 'steps.put')
  return t(answer.type === 'none' ? 'steps.done' : 'steps.note')
}

/** One step to do: what it asks, where it is written down, and what it does. Enter does it. */
export const StepForm = ({ kase, procedureId, step, alone, done }: Props) => {
  const t = useSay()
  const [value, setValue] = useAnswer(step)
  const [question, setQuestion] = useState(step.act?.does === 'ask' ? step.act.text : '')
  const { mark, busy, problem } = useMark(kase.id, procedureId, step, done)
  const label = useDoneLabel(step, alone)
  const asks = step.act?.does === 'ask'
  const plain = step.answer.type === 'none'
  const chosen = step.answer.type === 'yes_no' || step.answer.type === 'choice'
  const waits = (step.act?.does === 'refer' || step.act?.does === 'offer') && !step.happened
  const doIt = (found: Value | null) => {
    if (asks && !alone) insertInto(kase.id, { text: question, html: null })
    const said = typeof found === 'string' ? found.trim() : found
    mark({ value: plain ? null : said, ...(asks && alone ? { message: question } : {}) })
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    doIt(value)
  }
  return (
    <div className="rp-step-form" data-alone={alone || undefined}>
      <ProblemNote problem={problem} />
      {step.help && <p className="rp-dim">{step.help}</p>}
      <form onSubmit={submit} onKeyDown={event => isSendKey(event) && doIt(value)}>
        {asks && <StepQuestion text={question} set={setQuestion} focus={alone && plain} />}
        {!plain && !waits && (
          <StepAnswer step={step} focus size={alone ? 'lg' : 'sm'} value={value} set={setValue} choose={doIt} />
        )}
        <div className="rp-actions">
          {!chosen && !waits && (
            <Button
              type="submit"
              size={alone ? 'lg' : 'compact-sm'}
              loading={busy}
              {...(plain && !(asks && alone) ? { autoFocus: true } : {})}
            >
              {label}
            </Button>
          )}
          {waits && <First kase={kase} step={step} alone={alone} mark={() => mark({ value: null })} />}
          {step.state === 'open' ? null : (
            <Button
              size={alone ? 'lg' : 'compact-sm'}
              variant="subtle"
              color="gray"
              onClick={() => mark({ outcome: 'undone' })}
            >
              {t('steps.notDone')}
            </Button>
          )}
        </div>
      </form>
      {step.state !== 'skipped' && (
        <LeaveOut busy={busy} alone={alone} leave={note => mark({ outcome: 'skipped', note })} />
      )}
    </div>
  )
}
