import './calm.css'
import { Button } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { useEscape } from '../../../ui/kit/keys.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { usePageTitle } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../../cases/contract.ts'
import { available, BeforeYouAnswer, SolveDialog, usePlaying } from '../../cases/ui/index.ts'
import type { CaseProcedure } from '../contract-shapes.ts'
import { Phrases } from './phrases.tsx'
import { StepForm } from './step-form.tsx'
import { nextStep, useProceduresOf } from './steps.ts'

/** What the customer said last, so that nobody has to look elsewhere. */
const LastSaid = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const messages = useCall(cases.messages, { id: kase.id, limit: 100 }).data?.items ?? []
  const said = messages.findLast(message => message.direction === 'in')
  if (!said) return null
  return (
    <blockquote className="rp-calm-said" dir="auto">
      <span className="rp-dim rp-small">{t('calm.said', { name: kase.person.name })}</span>
      <p>{said.text.slice(0, 600)}</p>
    </blockquote>
  )
}

type Going = { kase: Case; next: () => void }

const Close = ({ kase, next }: Going) => {
  const t = useSay()
  const [solving, setSolving] = useState(false)
  return (
    <>
      <h2>{t('calm.all')}</h2>
      <div className="rp-actions">
        <Button size="lg" autoFocus onClick={() => setSolving(true)}>
          {t('case.solve')}
        </Button>
        <Button size="lg" variant="default" onClick={next}>
          {t('calm.keepOpen')}
        </Button>
      </div>
      <Suspense fallback={null}>
        {solving && <SolveDialog kase={kase} close={() => setSolving(false)} solved={next} />}
      </Suspense>
    </>
  )
}

/** One step, and nothing else. */
const OneStep = ({ kase, next, procedure }: Going & { procedure: CaseProcedure | undefined }) => {
  const t = useSay()
  if (!procedure)
    return (
      <>
        <h2>{t('calm.none')}</h2>
        <p className="rp-dim">{t('calm.noneText')}</p>
        <div className="rp-actions">
          <Button size="lg" autoFocus component={Link} to={`/cases/${kase.id}`}>
            {t('calm.openCase')}
          </Button>
          <Button size="lg" variant="default" onClick={next}>
            {t('queue.next')}
          </Button>
        </div>
      </>
    )
  const step = nextStep(procedure)
  const left = procedure.steps.filter(one => one.state === 'open').length
  return (
    <>
      <p className="rp-dim" role="status">
        {procedure.name} · {t('calm.left', { count: left, all: procedure.steps.length })}
      </p>
      {step ? (
        <>
          <h2>{step.title}</h2>
          <StepForm key={step.key} kase={kase} procedureId={procedure.id} step={step} alone />
        </>
      ) : (
        <Close kase={kase} next={next} />
      )}
      <Phrases caseId={kase.id} phrases={procedure.phrases} put={false} />
    </>
  )
}

const OneCase = ({ kase, next }: Going) => {
  const t = useSay()
  const procedures = useProceduresOf(kase.id)
  return (
    <>
      <div className="rp-calm-head">
        <span className="rp-dim rp-number">#{kase.number}</span>
        <strong className="rp-calm-subject">{kase.subject}</strong>
        <span>{kase.person.name}</span>
      </div>
      <Suspense fallback={null}>
        <BeforeYouAnswer person={kase.person} />
      </Suspense>
      <LastSaid kase={kase} />
      <section className="rp-calm-step" aria-label={t('calm.step')}>
        <ProblemNote problem={procedures.error} />
        {procedures.data && <OneStep kase={kase} next={next} procedure={procedures.data.items[0]} />}
      </section>
    </>
  )
}

/** Under pressure: one case, one step at a time, the most urgent first. */
export const CalmPage = () => {
  const t = useSay()
  const go = useNavigate()
  const [params, setParams] = useSearchParams()
  const id = Number(params.get('case')) || null
  const [nobody, setNobody] = useState(false)
  const show = (next: number) => setParams({ case: String(next) })
  const playing = usePlaying(available, id, show, () => setNobody(true))
  const heading = usePageTitle(t('calm.title'))
  const kase = useCall(cases.get, { id: id ?? 0 }, { enabled: id !== null })
  const leave = () => void go(id === null ? '/queue' : `/cases/${id}`)
  useEscape(leave)
  const { start } = playing
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when nobody named a case
  useEffect(() => {
    if (id === null) start()
  }, [])
  return (
    <div className="rp-calm">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('calm.title')}
        </h1>
        <span className="rp-grow rp-dim rp-small" role="status">
          {playing.done > 0 && t('play.done', { count: playing.done })}
        </span>
        <Button variant="subtle" onClick={() => playing.pass?.()} disabled={playing.pass === null}>
          {t('calm.another')}
        </Button>
        <Button variant="default" onClick={leave}>
          {t('play.stop')}
        </Button>
      </header>
      <ProblemNote problem={kase.error} />
      {nobody || (id === null && !playing.playing) ? (
        <EmptyState
          icon={<IconMoodSmile size={40} stroke={1.2} />}
          title={t('queue.nobody')}
          text={t('calm.nobodyText')}
        >
          <Button onClick={() => void go('/queue')}>{t('notFound.back')}</Button>
        </EmptyState>
      ) : kase.data ? (
        <OneCase key={kase.data.id} kase={kase.data} next={() => playing.next?.()} />
      ) : (
        !kase.error && <Loading rows={4} />
      )}
    </div>
  )
}
