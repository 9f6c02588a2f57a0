import { Button, Progress } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall, usePages } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Rule, rules, type Trial } from '../contract-rules.ts'
import { CaseLine } from './case-line.tsx'

const Hits = ({ trial }: { trial: Trial }) => {
  const t = useSay()
  const hits = usePages(rules.trialHits, { id: trial.id, limit: 20 })
  return (
    <RecordList of={hits} height={30} none={<p className="rp-dim">{t('rules.trial.none')}</p>}>
      {hit => (
        <li key={hit.id}>
          <span className="rp-grow">
            <CaseLine of={hit.case} />
          </span>
          <span className="rp-dim rp-small">{atTime(hit.at)}</span>
        </li>
      )}
    </RecordList>
  )
}

const Result = ({ id }: { id: number }) => {
  const t = useSay()
  const asked = useCall(
    rules.trial,
    { id },
    { refetchInterval: query => (query.state.data?.state === 'running' ? 500 : false) },
  )
  const trial = asked.data
  if (!trial) return <p className="rp-dim">{t('rules.trial.starts')}</p>
  if (trial.state === 'failed') return <Notice tone="bad">{t('rules.trial.failed')}</Notice>
  if (trial.state === 'running')
    return (
      <div role="status">
        <p className="rp-dim">{t('rules.trial.running', { looked: trial.looked, total: trial.total })}</p>
        <Progress
          value={trial.total === 0 ? 0 : (100 * trial.looked) / trial.total}
          aria-label={t('rules.trial.title')}
        />
      </div>
    )
  return (
    <>
      <p role="status">
        <strong>{t('rules.trial.met', { count: trial.met })}</strong>{' '}
        <span className="rp-dim">{t('rules.trial.looked', { count: trial.looked })}</span>
      </p>
      <Hits trial={trial} />
    </>
  )
}

type Props = Pick<Rule, 'when' | 'condition'> & { ruleId?: number | undefined }

/** Asks what the rule, as it stands in the form, would have met in the last month. */
export const TrialPanel = ({ when, condition, ruleId }: Props) => {
  const t = useSay()
  const [id, setId] = useState<number | null>(null)
  const start = useAct(rules.tryOut, { quiet: true })
  const ask = () =>
    start.mutate({ when, condition, ...(ruleId ? { ruleId } : {}) }, { onSuccess: trial => setId(trial.id) })
  return (
    <section className="rp-rule-part" aria-labelledby="rule-trial">
      <h2 id="rule-trial">{t('rules.trial.title')}</h2>
      <p className="rp-dim">{t('rules.trial.text')}</p>
      <div>
        <Button variant="default" onClick={ask} loading={start.isPending}>
          {t('rules.trial.ask')}
        </Button>
      </div>
      <ProblemNote problem={start.error} />
      {id !== null && <Result key={id} id={id} />}
    </section>
  )
}
