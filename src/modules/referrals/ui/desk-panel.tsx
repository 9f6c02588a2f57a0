import { Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { atTime, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Panel, type Referral, referrals } from '../contract.ts'
import { useAllowanceSentence } from './allowance.ts'
import { Answering, type Doing } from './answering.tsx'
import { DecisionLine, stateTones } from './case-referrals.tsx'
import { useWhat } from './desk-row.tsx'

const doable = ({ can, form }: Referral): Doing[] => [
  ...(can.includes('decide')
    ? ([
        'approve',
        ...(form && form.act !== 'closing_complaint' && form.amount > 1 ? (['less'] as const) : []),
        'decline',
      ] as const)
    : []),
  ...(can.includes('advise') ? (['advise'] as const) : []),
  ...(can.includes('take_over') ? (['take'] as const) : []),
  ...(can.includes('pass_on') ? (['pass'] as const) : []),
  ...(can.includes('hand_back') ? (['handBack'] as const) : []),
]

const commandOf = (doing: Doing) => (doing === 'handBack' ? null : (`desk.${doing}` as const))

const Answers = ({ referral, done }: { referral: Referral; done: (referral: Referral) => void }) => {
  const t = useSay()
  const [doing, setDoing] = useState<Doing | null>(null)
  const all = doable(referral)
  const may = (what: Doing) => all.includes(what) && (() => setDoing(what))
  useCommands({
    'desk.approve': may('approve'),
    'desk.less': may('less'),
    'desk.decline': may('decline'),
    'desk.advise': may('advise'),
    'desk.take': may('take'),
    'desk.pass': may('pass'),
  })
  if (doing)
    return <Answering key={doing} referral={referral} doing={doing} cancel={() => setDoing(null)} done={done} />
  return (
    <div className="rp-actions">
      {all.map((what, index) => {
        const command = commandOf(what)
        return (
          <Button
            key={what}
            size="sm"
            variant={index === 0 ? 'filled' : 'default'}
            onClick={() => setDoing(what)}
            {...(command && index > 0 ? { rightSection: <KeyHint of={command} /> } : {})}
          >
            {t(`desk.${what}`)}
          </Button>
        )
      })}
    </div>
  )
}

const Trail = ({ referral }: { referral: Referral }) => {
  const t = useSay()
  if (referral.trail.every(step => step.passedOver === null)) return null
  return (
    <>
      <h3>{t('desk.trail')}</h3>
      <ol className="rp-small">
        {referral.trail.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: somebody may be asked twice, and the way never changes
          <li key={index}>
            {step.name} · {t(`trail.by.${step.by}`)}
            {step.passedOver && ` · ${t(`trail.${step.passedOver}`)}`}
          </li>
        ))}
      </ol>
    </>
  )
}

const Asked = ({ panel }: { panel: Panel }) => {
  const t = useSay()
  const what = useWhat()
  const { referral } = panel
  const { form, state, answer, answeredBy } = referral
  return (
    <>
      <h2>
        <Link to={`/cases/${referral.case.id}`}>
          #{referral.case.id} {referral.case.subject}
        </Link>
      </h2>
      <p className="rp-dim rp-small">
        {referral.case.requester.name} · {t('desk.of', { name: referral.madeBy.name })} ·{' '}
        <TimeAgo at={referral.madeAt} />
        {referral.dueAt && state === 'open' && (
          <>
            {' '}
            · {t('desk.due')} {atTime(referral.dueAt)}
          </>
        )}
      </p>
      <p className="rp-desk-what">{what(referral)}</p>
      {state !== 'open' && (
        <p>
          <Label tone={stateTones[state]}>{t(`referral.state.${state}`)}</Label> {answeredBy?.name}
          {referral.granted !== null && form && ` · ${money(referral.granted, form.currency)}`}
          {answer && <span className="rp-desk-said"> · {answer}</span>}
        </p>
      )}
      <p className="rp-desk-said">{referral.question}</p>
      {form && form.reason !== referral.question && <p className="rp-desk-said">{form.reason}</p>}
      {form?.exception && (
        <Notice tone="note">
          {t('desk.exception')}: {form.exceptionReason}
          {form.policy && ` (${form.policy})`}
        </Notice>
      )}
      {referral.said && (
        <p className="rp-desk-said">
          {t(`how.${referral.how}`)}: {referral.said}
        </p>
      )}
    </>
  )
}

const Around = ({ panel }: { panel: Panel }) => {
  const t = useSay()
  const sentence = useAllowanceSentence()
  return (
    <>
      {panel.allowance && panel.referral.state === 'open' && (
        <>
          <h3>{t('desk.limit')}</h3>
          <p className="rp-small">{sentence(panel.allowance)}</p>
        </>
      )}
      <h3>{t('desk.said')}</h3>
      <p className="rp-desk-said rp-small">{panel.preview}</p>
      <h3>{t('desk.customer')}</h3>
      {panel.history.length === 0 ? (
        <p className="rp-dim rp-small">{t('desk.customerNone')}</p>
      ) : (
        <ul>
          {panel.history.slice(0, 8).map(decision => (
            <DecisionLine key={decision.id} decision={decision} />
          ))}
        </ul>
      )}
      <Trail referral={panel.referral} />
    </>
  )
}

type Props = { id: number; back: () => void; done: (referral: Referral) => void }

/** Everything that is needed to decide one referral, and the answer. */
export const DeskPanel = ({ id, back, done }: Props) => {
  const t = useSay()
  const { data: panel, error } = useCall(referrals.panel, { id })
  return (
    <section className="rp-desk-panel" aria-label={t('desk.answer')}>
      <Button className="rp-desk-back" size="compact-sm" variant="default" onClick={back}>
        {t('desk.back')}
      </Button>
      <ProblemNote problem={error} />
      {!panel && !error && <Loading rows={5} />}
      {panel && (
        <>
          <Asked panel={panel} />
          <Answers key={`${id}:${panel.referral.state}`} referral={panel.referral} done={done} />
          <Around panel={panel} />
        </>
      )}
    </section>
  )
}
