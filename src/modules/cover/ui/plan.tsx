import './cover.css'
import { Button } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { Undo } from '../../../ui/kit/undo.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { handing, type Plan } from '../contract-handing.ts'
import { untilOf } from './away.ts'
import { awayAnswers } from './away-dialog.tsx'
import { HandedLine, HeldLine, keyOf } from './plan-lines.tsx'

const Handed = ({ plan }: { plan: Plan }) => {
  const t = useSay()
  const undo = useAct(handing.undoHandover, {
    refresh: awayAnswers,
    done: counts => told(t('cover.returned', counts)),
  })
  if (plan.handed.length === 0) return null
  const newest = Math.max(...plan.handed.map(one => one.handoverId))
  return (
    <Section title={t('cover.handed')}>
      <ul className="rp-list" aria-label={t('cover.handed')}>
        {plan.handed.map(one => (
          <HandedLine key={`${one.handoverId} ${keyOf(one)}`} one={one} />
        ))}
      </ul>
      <Button variant="default" mt={10} loading={undo.isPending} onClick={() => undo.mutate({ id: newest })}>
        {t('cover.undo')}
      </Button>
    </Section>
  )
}

const Holds = ({ plan }: { plan: Plan }) => {
  const t = useSay()
  const { name } = plan.absence.staff
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const undo = useAct(handing.undoHandover, { refresh: awayAnswers })
  const act = useAct(handing.handOverAll, {
    quiet: true,
    refresh: awayAnswers,
    done: ({ id, given }) =>
      told(
        <Undo message={t('cover.handedDone', { count: given })} run={() => undo.mutate({ id })} />,
        'handover',
        10_000,
      ),
  })
  const toOf = (item: Plan['items'][number]) => chosen[keyOf(item)] ?? String(item.toStaffId ?? '')
  const items = plan.items.filter(toOf).map(item => ({ kind: item.kind, id: item.id, toStaffId: Number(toOf(item)) }))
  if (plan.items.length === 0)
    return (
      <EmptyState
        icon={<IconUserCheck size={34} stroke={1.2} />}
        title={t('cover.none', { name })}
        text={t('cover.noneText')}
      />
    )
  return (
    <>
      <ProblemNote problem={act.error} />
      <ul className="rp-list" aria-label={t('cover.planList')}>
        {plan.items.map(item => (
          <HeldLine
            key={keyOf(item)}
            item={item}
            colleagues={plan.colleagues}
            to={toOf(item)}
            suggested={chosen[keyOf(item)] === undefined}
            setTo={to => setChosen(before => ({ ...before, [keyOf(item)]: to }))}
          />
        ))}
      </ul>
      <div className="rp-actions rp-cover-confirm" data-end>
        <Button
          loading={act.isPending}
          disabled={items.length === 0}
          onClick={() => act.mutate({ id: plan.absence.id, items })}
        >
          {t('cover.hand', { count: items.length })}
        </Button>
      </div>
    </>
  )
}

/** What somebody who is away holds, who would take it on, and one confirmation. */
export const PlanPage = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const read = useCall(handing.plan, { id })
  const back = useAct(handing.back, { refresh: awayAnswers, done: counts => told(t('away.backDone', counts)) })
  const plan = read.data
  if (!plan)
    return (
      <div className="rp-page">
        <PageHeader title={t('cover.title')} />
        <ProblemNote problem={read.error} />
        {read.isPending && <Loading rows={6} height={52} />}
      </div>
    )
  const { staff, startsAt, endsAt } = plan.absence
  return (
    <div className="rp-page">
      <PageHeader title={t('cover.holds', { name: staff.name })} lead={t('cover.planLead')}>
        <ConfirmButton
          action={t('away.backOf', { name: staff.name })}
          question={t('away.backQuestion', { name: staff.name })}
          text={t('away.backText')}
          onConfirm={() => back.mutate({ id })}
        />
      </PageHeader>
      <p className="rp-dim">
        {t(`away.kind.${plan.absence.kind}`)}, {t('away.times', { from: atTime(startsAt), until: untilOf(endsAt, t) })}
        {plan.absence.cover && ` · ${t('away.covered', { name: plan.absence.cover.name })}`}
      </p>
      {plan.referrals > 0 && <Notice tone="note">{t('cover.referrals', { count: plan.referrals })}</Notice>}
      <Holds plan={plan} />
      <Handed plan={plan} />
    </div>
  )
}
