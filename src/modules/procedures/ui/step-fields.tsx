import { Checkbox, Loader, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { Suspense, useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import type { PromiseKind } from '../../promises/contract.ts'
import { answerTypes, type Step, type StepAct, stepParts } from '../contract-shapes.ts'
import { partsOf, whenOf } from './draft.ts'

export type StepProps = { step: Step; before: readonly Step[]; set: (more: Partial<Step>) => void }

const acts = ['none', 'promise', 'ask', 'refer', 'offer'] as const
const promised = [
  'call_back',
  'follow_up',
  'next_update',
  'solution',
  'visit',
  'delivery',
  'refund_payment',
  'other',
] as const

const blankAct = (does: (typeof acts)[number]): StepAct | null => {
  if (does === 'none') return null
  if (does === 'promise') return { does, kind: 'call_back', title: '', withinMinutes: 480 }
  return does === 'ask' ? { does, text: '' } : { does }
}

const Act = ({ step, set }: Omit<StepProps, 'before'>) => {
  const t = useSay()
  const { act } = step
  return (
    <>
      <NativeSelect
        label={t('editor.act')}
        data={acts.map(value => ({ value, label: t(`editor.act.${value}`) }))}
        value={act?.does ?? 'none'}
        onChange={event => set({ act: blankAct(event.currentTarget.value as (typeof acts)[number]) })}
      />
      {act?.does === 'promise' && (
        <div className="rp-columns">
          <NativeSelect
            label={t('case.promise.kind')}
            data={promised.map(value => ({ value, label: t(`promise.kind.${value}`) }))}
            value={act.kind}
            onChange={event => set({ act: { ...act, kind: event.currentTarget.value as PromiseKind } })}
          />
          <NumberInput
            label={t('editor.within')}
            min={1}
            max={100_000}
            value={act.withinMinutes}
            onChange={value => set({ act: { ...act, withinMinutes: Math.max(1, Math.round(Number(value))) } })}
          />
        </div>
      )}
      {act?.does === 'ask' && (
        <Textarea
          label={t('steps.question')}
          description={t('editor.placeholders')}
          autosize
          minRows={2}
          maxLength={2000}
          value={act.text}
          onChange={event => set({ act: { does: 'ask', text: event.currentTarget.value } })}
        />
      )}
    </>
  )
}

const Answer = ({ step, set }: Omit<StepProps, 'before'>) => {
  const t = useSay()
  const { answer } = step
  return (
    <>
      <NativeSelect
        label={t('editor.answer')}
        data={answerTypes.map(value => ({ value, label: t(`editor.answer.${value}`) }))}
        value={answer.type}
        onChange={event => set({ answer: { ...answer, type: event.currentTarget.value as Step['answer']['type'] } })}
      />
      {answer.type === 'choice' && (
        <Textarea
          label={t('editor.choices')}
          autosize
          minRows={2}
          value={answer.choices.join('\n')}
          onChange={event =>
            set({ answer: { ...answer, choices: event.currentTarget.value.split('\n').slice(0, 12) } })
          }
        />
      )}
    </>
  )
}

/** A step that is asked for only sometimes: after an answer, or in some cases. */
const When = ({ step, before, set }: StepProps) => {
  const t = useSay()
  const { after, cases } = partsOf(step.when)
  const [byCase, setByCase] = useState('all' in cases ? cases.all.length > 0 : true)
  const asked = before.find(one => one.key === after?.step)
  const values: { value: string; said: string | boolean | null; label: string }[] =
    asked?.answer.type === 'yes_no'
      ? [
          { value: 'yes', said: true, label: t('words.yes') },
          { value: 'no', said: false, label: t('words.no') },
        ]
      : asked?.answer.type === 'choice'
        ? asked.answer.choices.map(one => ({ value: `=${one}`, said: one, label: one }))
        : []
  const all = [{ value: '', said: null, label: t('editor.anything') }, ...values]
  return (
    <>
      {before.length > 0 && (
        <div className="rp-columns">
          <NativeSelect
            label={t('editor.after')}
            data={[
              { value: '', label: t('editor.always') },
              ...before.map(one => ({ value: one.key, label: one.title || one.key })),
            ]}
            value={after?.step ?? ''}
            onChange={event => {
              const key = event.currentTarget.value
              set({ when: whenOf(key ? { step: key, value: null } : null, cases) })
            }}
          />
          {after && (
            <NativeSelect
              label={t('editor.is')}
              data={all.map(({ value, label }) => ({ value, label }))}
              value={all.find(one => one.said === after.value)?.value ?? ''}
              onChange={event =>
                set({
                  when: whenOf(
                    { ...after, value: all.find(one => one.value === event.currentTarget.value)?.said ?? null },
                    cases,
                  ),
                })
              }
            />
          )}
        </div>
      )}
      <Checkbox
        label={t('editor.byCase')}
        checked={byCase}
        onChange={event => {
          setByCase(event.currentTarget.checked)
          if (!event.currentTarget.checked) set({ when: whenOf(after, { all: [] }) })
        }}
      />
      {byCase && (
        <Suspense fallback={<Loader size="sm" />}>
          <ConditionField
            legend={t('editor.onlyFor')}
            condition={cases}
            set={condition => set({ when: whenOf(after, condition) })}
          />
        </Suspense>
      )}
    </>
  )
}

/** What a step asks, and what it does. */
export const StepFields = ({ step, before, set }: StepProps) => {
  const t = useSay()
  return (
    <>
      <div className="rp-columns">
        <TextInput
          label={t('editor.step')}
          maxLength={150}
          value={step.title}
          onChange={event => set({ title: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('editor.part')}
          data={stepParts.map(value => ({ value, label: t(`editor.part.${value}`) }))}
          value={step.part}
          onChange={event => set({ part: event.currentTarget.value as Step['part'] })}
        />
      </div>
      <TextInput
        label={t('editor.help')}
        maxLength={500}
        value={step.help}
        onChange={event => set({ help: event.currentTarget.value })}
      />
      <Answer step={step} set={set} />
      <Act step={step} set={set} />
      <When step={step} before={before} set={set} />
      <Checkbox
        label={t('editor.required')}
        checked={step.required}
        onChange={event => set({ required: event.currentTarget.checked })}
      />
    </>
  )
}
