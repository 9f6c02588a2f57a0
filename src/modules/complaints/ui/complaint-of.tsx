import './complaints.css'
import { Button } from '@mantine/core'
import { IconMessageReport } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../../cases/contract.ts'
import { type Complaint, complaints } from '../contract.ts'
import { Clocks } from './clocks.tsx'
import { dayOf } from './days.ts'
import { BeginComplaint } from './index.ts'
import { Stages } from './stages.tsx'
import { StepDialog } from './step-dialog.tsx'
import { type StepName, stepsOf } from './steps.ts'

const NotYet = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const [open, setOpen] = useState(false)
  return (
    <section className="rp-joined" aria-label={t('complaint.title')}>
      <h3>
        <IconMessageReport size={14} stroke={1.8} aria-hidden /> {t('complaint.title')}
      </h3>
      <p className="rp-small rp-dim">{t('complaint.notYet')}</p>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t('complaint.begin')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <BeginComplaint kase={kase} close={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  )
}

const Recourse = ({ complaint }: { complaint: Complaint }) => {
  const t = useSay()
  return (
    <details className="rp-small">
      <summary>{t('complaint.recourse')}</summary>
      {complaint.recourse.map(one => (
        <p key={one.name}>
          <strong>{one.name}</strong>
          {one.lastDay && ` · ${t('complaint.by', { day: dayOf(one.lastDay) })}`}
          <br />
          {one.says} {one.address}
        </p>
      ))}
    </details>
  )
}

const Facts = ({ complaint }: { complaint: Complaint }) => {
  const t = useSay()
  const { about, wants, onBehalf, immediateAction, receivedOn, regime, stage } = complaint
  return (
    <>
      <p className="rp-small">
        <strong>{regime.name}</strong>
        <span className="rp-dim">
          {' · '}
          {t('complaint.stageOf', { stage, of: regime.stages })} · {t('complaint.received', { day: dayOf(receivedOn) })}
        </span>
      </p>
      {wants && (
        <p className="rp-small" dir="auto">
          {t('complaint.wantsIs', { wants })}
        </p>
      )}
      {onBehalf && <p className="rp-small rp-dim">{t('complaint.behalfIs', { who: onBehalf })}</p>}
      {about.length > 0 && (
        <p className="rp-small rp-dim">{t('complaint.hiddenFrom', { names: about.map(one => one.name).join(', ') })}</p>
      )}
      {immediateAction && (
        <p className="rp-small" dir="auto">
          {t('complaint.atOnceIs', { what: immediateAction })}
        </p>
      )}
    </>
  )
}

const Shown = ({ kase, complaint }: { kase: Case; complaint: Complaint }) => {
  const t = useSay()
  const [step, setStep] = useState<StepName | null>(null)
  const may = kase.can.includes('change') && complaint.closedAs === null
  const [first, ...others] = may ? stepsOf(complaint) : []
  return (
    <section className="rp-joined rp-complaint" aria-label={t('complaint.title')}>
      <h3>
        <IconMessageReport size={14} stroke={1.8} aria-hidden /> {t('complaint.title')}{' '}
        {complaint.safety && <Label tone="bad">{t('complaint.safety')}</Label>}
      </h3>
      <Facts complaint={complaint} />
      {complaint.closedAs ? (
        <p className="rp-small" role="status">
          {t('complaint.closed', { how: t(`complaint.as.${complaint.closedAs}`) })}
        </p>
      ) : (
        <Clocks complaint={complaint} extend={() => setStep('extend')} />
      )}
      <Stages complaint={complaint} />
      {complaint.stages.some(one => one.decision) && <Recourse complaint={complaint} />}
      {first && (
        <div className="rp-complaint-acts">
          <Button size="xs" onClick={() => setStep(first)}>
            {t(`complaint.step.${first}`)}
          </Button>
          {others.map(one => (
            <Button key={one} size="xs" variant="default" onClick={() => setStep(one)}>
              {t(`complaint.step.${one}`)}
            </Button>
          ))}
        </div>
      )}
      {step && <StepDialog complaint={complaint} step={step} close={() => setStep(null)} />}
    </section>
  )
}

export const ComplaintOf = ({ kase }: { kase: Case }) => {
  const isOne = kase.kind === 'complaint'
  const { data, error } = useCall(complaints.complaint, { id: kase.id }, { enabled: isOne, retry: false })
  if (!isOne) return null
  if (data) return <Shown kase={kase} complaint={data} />
  return error?.status === 404 && kase.can.includes('change') ? <NotYet kase={kase} /> : null
}
