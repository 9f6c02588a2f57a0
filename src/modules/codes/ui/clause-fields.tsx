import { ActionIcon, Checkbox, Loader, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import type { PromiseKind } from '../../promises/contract.ts'
import { type Clause, clauseParts, type Indicator, type Target } from '../contract-shapes.ts'

const kinds = [
  'first_reply',
  'next_update',
  'solution',
  'call_back',
  'appointment',
  'visit',
  'delivery',
  'refund_payment',
  'follow_up',
  'tell_when_back',
] as const
const units = ['as_promised', 'minutes', 'working_days'] as const

const blank: Indicator = {
  kind: 'first_reply',
  condition: { all: [] },
  target: { unit: 'as_promised' },
  percent: 95,
  days: 90,
}
const targetOf = (unit: (typeof units)[number], n: number): Target => (unit === 'as_promised' ? { unit } : { unit, n })

type Promised = NonNullable<Clause['promise']>

const Measured = ({ indicator, set }: { indicator: Indicator; set: (indicator: Indicator) => void }) => {
  const t = useSay()
  const n = indicator.target.unit === 'as_promised' ? 5 : indicator.target.n
  return (
    <>
      <div className="rp-columns">
        <NativeSelect
          label={t('case.promise.kind')}
          data={kinds.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
          value={indicator.kind}
          onChange={event => set({ ...indicator, kind: event.currentTarget.value as PromiseKind })}
        />
        <NativeSelect
          label={t('codes.target')}
          data={units.map(value => ({ value, label: t(`codes.unit.${value}`) }))}
          value={indicator.target.unit}
          onChange={event =>
            set({ ...indicator, target: targetOf(event.currentTarget.value as (typeof units)[number], n) })
          }
        />
        {indicator.target.unit !== 'as_promised' && (
          <NumberInput
            label={t('codes.howMany')}
            min={1}
            max={indicator.target.unit === 'minutes' ? 1_000_000 : 250}
            value={n}
            onChange={value =>
              set({ ...indicator, target: targetOf(indicator.target.unit, Math.max(1, Math.round(Number(value)))) })
            }
          />
        )}
        <NumberInput
          label={t('codes.percent')}
          min={1}
          max={100}
          value={indicator.percent}
          onChange={value => set({ ...indicator, percent: Math.min(100, Math.max(1, Math.round(Number(value)))) })}
        />
      </div>
      <Suspense fallback={<Loader size="sm" />}>
        <ConditionField
          legend={t('codes.inCases')}
          condition={indicator.condition}
          set={condition => set({ ...indicator, condition })}
        />
      </Suspense>
    </>
  )
}

const PromiseFields = ({ promise, set }: { promise: Promised; set: (promise: Promised) => void }) => {
  const t = useSay()
  const { indicator } = promise
  return (
    <>
      <Checkbox
        label={t('codes.measureIt')}
        checked={indicator !== null}
        onChange={event =>
          set({ ...promise, indicator: event.currentTarget.checked ? blank : null, remedyMinutes: null })
        }
      />
      {indicator && <Measured indicator={indicator} set={next => set({ ...promise, indicator: next })} />}
      <Textarea
        label={t('codes.remedy')}
        autosize
        maxLength={500}
        value={promise.remedy}
        onChange={event => set({ ...promise, remedy: event.currentTarget.value })}
      />
      {indicator && (
        <Checkbox
          label={t('codes.putRight')}
          checked={promise.remedyMinutes !== null}
          onChange={event => set({ ...promise, remedyMinutes: event.currentTarget.checked ? 480 : null })}
        />
      )}
    </>
  )
}

type Props = { clause: Clause; number: number; set: (clause: Clause) => void; remove: () => void }

/** One clause of a draft. */
export const ClauseFields = ({ clause, number, set, remove }: Props) => {
  const t = useSay()
  return (
    <li className="rp-clause-card">
      <div className="rp-actions">
        <strong className="rp-grow">{t('codes.clauseNumber', { number })}</strong>
        <NativeSelect
          aria-label={t('codes.part')}
          data={clauseParts.map(value => ({ value, label: t(`codes.part.${value}`) }))}
          value={clause.part}
          onChange={event => set({ ...clause, part: event.currentTarget.value as Clause['part'] })}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={t('codes.removeClause', { number })} onClick={remove}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Textarea
        aria-label={t('codes.clauseText', { number })}
        autosize
        minRows={2}
        maxLength={2000}
        value={clause.text}
        onChange={event => set({ ...clause, text: event.currentTarget.value })}
      />
      <Checkbox
        label={t('codes.isPromise')}
        checked={clause.promise !== null}
        onChange={event =>
          set({
            ...clause,
            promise: event.currentTarget.checked ? { indicator: blank, remedy: '', remedyMinutes: null } : null,
          })
        }
      />
      {clause.promise && <PromiseFields promise={clause.promise} set={promise => set({ ...clause, promise })} />}
    </li>
  )
}
