import './case-referrals.css'
import { Button } from '@mantine/core'
import { IconArrowUpRight, IconGift } from '@tabler/icons-react'
import { Suspense, useEffect, useState } from 'react'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Decision } from '../../authority/contract.ts'
import { type Case, cases } from '../../cases/contract.ts'
import { type Referral, referrals } from '../contract.ts'
import { useAllowanceSentence } from './allowance.ts'
import { GiveDialog, ReferDialog } from './index.ts'

export const stateTones: Record<Referral['state'], Tone> = {
  open: 'note',
  answered: 'good',
  decided: 'good',
  taken_over: 'info',
  handed_back: 'plain',
  withdrawn: 'plain',
}

const One = ({ referral }: { referral: Referral }) => {
  const t = useSay()
  const withdraw = useAct(referrals.withdraw, { refresh: [referrals.ofCase, cases.get, cases.timeline] })
  const { state, to, reason, question, answer, answeredBy } = referral
  return (
    <li>
      <div>
        <Label tone={stateTones[state]}>{t(`referral.state.${state}`)}</Label> <strong>{to?.name}</strong>
      </div>
      <div className="rp-small">
        {t(`reason.${reason}`)} · <TimeAgo at={referral.madeAt} />
      </div>
      <div className="rp-small">{question}</div>
      {answer && (
        <div className="rp-small">
          {answeredBy?.name ?? to?.name}: {answer}
        </div>
      )}
      {referral.can.length > 0 && (
        <div className="rp-actions" style={{ marginTop: 4 }}>
          {referral.can.includes('withdraw') ? (
            <ConfirmButton
              size="compact-xs"
              action={t('refer.withdraw')}
              question={t('refer.withdrawQuestion')}
              text={t('refer.withdrawText')}
              onConfirm={() => withdraw.mutate({ id: referral.id })}
            />
          ) : (
            <Button component={Link} to={`/referrals?id=${referral.id}`} size="compact-xs" variant="default">
              {t(referral.can.includes('hand_back') ? 'desk.handBack' : 'desk.answer')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

/** One decision in a line: what, how much, by whom. */
export const DecisionLine = ({ decision }: { decision: Decision }) => {
  const t = useSay()
  const { act, amount, asked, currency, outcome, decidedBy, takenBack } = decision
  return (
    <li className="rp-small">
      <strong>{t(`act.${act}`)}</strong>{' '}
      {act !== 'closing_complaint' && (
        <span className="rp-number">{money(outcome === 'declined' ? asked : amount, currency)}</span>
      )}{' '}
      · {t(`decisions.outcome.${takenBack ? 'taken_back' : outcome}`)} · {decidedBy.name} · <TimeAgo at={decision.at} />
    </li>
  )
}

const Buttons = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const sentence = useAllowanceSentence()
  const allowance = useCall(referrals.allowance, { id: kase.id }).data
  const [open, setOpen] = useState<'give' | 'refer' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      {allowance?.limit && (
        <p className="rp-dim rp-small">
          {t('act.refund')}: {sentence(allowance)}
        </p>
      )}
      <div className="rp-actions">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconGift size={15} />}
          onClick={() => setOpen('give')}
        >
          {t('give.action')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconArrowUpRight size={15} />}
          onClick={() => setOpen('refer')}
        >
          {t('refer.action')}
        </Button>
      </div>
      <Suspense fallback={null}>
        {open === 'give' && <GiveDialog kase={kase} close={close} />}
        {open === 'refer' && <ReferDialog kase={kase} close={close} />}
      </Suspense>
    </>
  )
}

/** What I may give in this case, what was referred, and what was decided. */
export const CaseReferrals = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const { data, refetch } = useCall(referrals.ofCase, { id: kase.id })
  // Whatever is said or done in a case raises its version: somebody may have answered.
  useEffect(() => void (kase.version > 0 && refetch()), [kase.version, refetch])
  const may = kase.can.includes('change')
  if (!may && !data?.items.length && !data?.decisions.length) return null
  return (
    <section className="rp-joined rp-referrals">
      <h3>{t('refer.section')}</h3>
      {may && <Buttons kase={kase} />}
      {data && data.items.length > 0 && (
        <ul aria-label={t('refer.list')}>
          {data.items.map(referral => (
            <One key={referral.id} referral={referral} />
          ))}
        </ul>
      )}
      {data && data.decisions.length > 0 && (
        <ul aria-label={t('refer.decisions')}>
          {data.decisions.map(decision => (
            <DecisionLine key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
    </section>
  )
}
