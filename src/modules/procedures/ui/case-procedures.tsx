import './procedures.css'
import { Button, NativeSelect } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled, IconCircleMinus, IconListCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../../cases/contract.ts'
import type { CaseProcedure, CaseStep } from '../contract-shapes.ts'
import { Phrases } from './phrases.tsx'
import { StepForm } from './step-form.tsx'
import { isOpen, useProceduresOf, useValue } from './steps.ts'

const icons = { open: IconCircle, done: IconCircleCheckFilled, skipped: IconCircleMinus } as const

const What = ({ step }: { step: CaseStep }) => {
  const t = useSay()
  const value = useValue()
  if (step.state === 'open')
    return step.required ? null : <span className="rp-dim rp-small">{t('words.optional')}</span>
  return (
    <span className="rp-dim rp-small">
      {step.state === 'skipped' ? t('steps.leftOut', { note: step.note }) : value(step.value)}
      {(step.state === 'skipped' || step.value !== null) && ' · '}
      <span>
        {step.by} {step.at && <TimeAgo at={step.at} />}
      </span>
    </span>
  )
}

type LineProps = { step: CaseStep; shown: boolean; show: () => void; form: React.ReactNode }

const StepLine = ({ step, shown, show, form }: LineProps) => {
  const t = useSay()
  const Icon = icons[step.state]
  return (
    <li className="rp-step" data-state={step.state}>
      <button type="button" className="rp-step-head" data-step={step.key} aria-expanded={shown} onClick={show}>
        <Icon size={17} stroke={1.7} aria-hidden />
        <span className="rp-grow">
          <span className="rp-hidden">{t(`steps.state.${step.state}`)}: </span>
          {step.title}
        </span>
      </button>
      <What step={step} />
      {shown && form}
    </li>
  )
}

/** Up and down go from step to step. */
const onArrow = (event: React.KeyboardEvent<HTMLElement>) => {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const from = event.target instanceof HTMLElement ? event.target.closest('[data-step]') : null
  if (step === 0 || !from) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-step]')]
  event.preventDefault()
  all[all.indexOf(from as HTMLElement) + step]?.focus()
}

const Steps = ({ kase, procedure, may }: { kase: Case; procedure: CaseProcedure; may: boolean }) => {
  const list = useRef<HTMLUListElement>(null)
  const [shown, setShown] = useState<string | null>(null)
  const next = procedure.steps.find(isOpen)
  const toNext = () => {
    const key = next?.key ?? null
    setShown(key)
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-step="${key}"]`)?.scrollIntoView({ block: 'nearest' }),
    )
  }
  useCommands({ step: may && next !== undefined && toNext })
  // The next one opens by itself once one was done here; until then nothing takes the keyboard.
  const done = useRef(false)
  const nextKey = next?.key ?? null
  useEffect(() => {
    if (!done.current) return
    done.current = false
    setShown(nextKey)
  }, [nextKey])
  const after = () => {
    done.current = true
    setShown(null)
  }
  return (
    <ul ref={list} className="rp-steps" onKeyDown={onArrow}>
      {procedure.steps.map(step => (
        <StepLine
          key={step.key}
          step={step}
          shown={may && shown === step.key}
          show={() => setShown(shown === step.key ? null : step.key)}
          form={
            <StepForm
              key={`${step.key} ${step.state}`}
              kase={kase}
              procedureId={procedure.id}
              step={step}
              alone={false}
              done={after}
            />
          }
        />
      ))}
    </ul>
  )
}

/** What is done in a case of this kind: which steps were done, by whom, and what is still missing. */
export const CaseProcedures = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const { data, refetch } = useProceduresOf(kase.id)
  // Another kind or severity may ask for other steps.
  useEffect(() => void (kase.version > 0 && refetch()), [kase.version, refetch])
  const [picked, setPicked] = useState<number | null>(null)
  const items = data?.items ?? []
  const procedure = items.find(one => one.id === picked) ?? items[0]
  if (!procedure) return null
  const may = kase.can.includes('change')
  const missing = procedure.missing.length
  return (
    <section className="rp-joined rp-procedure" aria-label={t('steps.title')}>
      <h3>
        <IconListCheck size={14} stroke={1.8} aria-hidden /> {t('steps.title')} <KeyHint of="step" />
      </h3>
      {items.length > 1 ? (
        <NativeSelect
          size="xs"
          aria-label={t('steps.procedure')}
          data={items.map(one => ({ value: String(one.id), label: one.name }))}
          value={String(procedure.id)}
          onChange={event => setPicked(Number(event.currentTarget.value))}
        />
      ) : (
        <strong>{procedure.name}</strong>
      )}
      <p className="rp-small rp-dim" role="status">
        {missing > 0 ? t('steps.missing', { count: missing }) : t('steps.nothingMissing')}
        {procedure.newer && <> · {t('steps.newer', { number: procedure.number })}</>}
      </p>
      <Steps key={procedure.id} kase={kase} procedure={procedure} may={may} />
      <Phrases caseId={kase.id} phrases={procedure.phrases} put={kase.can.includes('reply')} />
      {may && missing > 0 && (
        <Button component={Link} to={`/calm?case=${kase.id}`} size="xs" variant="subtle" mt={8}>
          {t('calm.this')}
        </Button>
      )}
    </section>
  )
}
