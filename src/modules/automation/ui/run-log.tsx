import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { type RuleRun, rules } from '../contract-rules.ts'
import { CaseLine } from './case-line.tsx'

const outcomes = ['did', 'nothing', 'skipped', 'failed'] as const
const tones: Record<RuleRun['outcome'], Tone> = { did: 'good', nothing: 'plain', skipped: 'note', failed: 'bad' }

const Line = ({ run }: { run: RuleRun }) => {
  const t = useSay()
  const reason = run.reason && (run.outcome === 'skipped' ? sayOr(`rules.held.${run.reason}`, run.reason) : run.reason)
  return (
    <>
      <div className="rp-grow">
        <CaseLine of={run.case} />
        <div className="rp-dim rp-small">
          {run.did.map(name => sayOr(`rules.do.${name}`, name)).join(' · ')}
          {reason}
          {run.chain.length > 0 &&
            ` · ${t('rules.after.rules', { names: run.chain.map(one => one.name).join(' → ') })}`}
        </div>
      </div>
      <Label tone={tones[run.outcome]}>{t(`rules.outcome.${run.outcome}`)}</Label>
      <span className="rp-dim rp-small">
        <TimeAgo at={run.at} />
      </span>
    </>
  )
}

/** What became of each time a rule was met. */
export const RunLog = ({ id }: { id: number }) => {
  const t = useSay()
  const [outcome, setOutcome] = useState<RuleRun['outcome'] | ''>('')
  const runs = usePages(rules.runs, { id, ...(outcome ? { outcome } : {}), limit: 20 }, { refetchInterval: 5000 })
  return (
    <section className="rp-rule-part" aria-labelledby="rule-log">
      <h2 id="rule-log">{t('rules.log')}</h2>
      <NativeSelect
        aria-label={t('rules.log.which')}
        w={220}
        data={[
          { value: '', label: t('rules.log.all') },
          ...outcomes.map(value => ({ value, label: t(`rules.outcome.${value}`) })),
        ]}
        value={outcome}
        onChange={event => setOutcome(event.currentTarget.value as RuleRun['outcome'] | '')}
      />
      <RecordList of={runs} none={<p className="rp-dim">{t('rules.log.none')}</p>}>
        {run => (
          <li key={run.id}>
            <Line run={run} />
          </li>
        )}
      </RecordList>
    </section>
  )
}
