import { useSay } from '../../../ui/language/index.ts'
import type { Complaint, Stage } from '../contract.ts'
import { dayOf } from './days.ts'

const Texts = ({ stage }: { stage: Stage }) => {
  const t = useSay()
  return (['findings', 'reasons', 'redress'] as const).map(
    name =>
      stage[name] && (
        <p key={name} dir="auto">
          <strong>{t(`complaint.${name}`)}:</strong> {stage[name]}
        </p>
      ),
  )
}

const One = ({ stage }: { stage: Stage }) => {
  const t = useSay()
  const facts = [
    stage.investigator && t('complaint.looksInto', { name: stage.investigator.name }),
    stage.acknowledgedOn && t('complaint.acknowledgedOn', { day: dayOf(stage.acknowledgedOn) }),
    stage.respondedOn &&
      t('complaint.answeredOn', { day: dayOf(stage.respondedOn), name: stage.respondedBy?.name ?? t('words.nobody') }),
  ].filter(Boolean)
  return (
    <details className="rp-small">
      <summary>
        {/^stage \d+$/i.test(stage.title)
          ? stage.title
          : t('complaint.stageNo', { stage: stage.stage, title: stage.title })}
        {stage.decision && ` · ${t(`complaint.decision.${stage.decision}`)}`}
      </summary>
      {facts.length > 0 && <p className="rp-dim">{facts.join(' · ')}</p>}
      <Texts stage={stage} />
    </details>
  )
}

/** What was found and decided in each stage. */
export const Stages = ({ complaint }: { complaint: Complaint }) =>
  complaint.stages.map(stage => <One key={stage.stage} stage={stage} />)
