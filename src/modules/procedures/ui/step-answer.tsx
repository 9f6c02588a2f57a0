import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseStep, Value } from '../contract-shapes.ts'

type Props = {
  step: CaseStep
  /** Takes the keyboard when it appears. */
  focus: boolean
  size: 'sm' | 'lg'
  value: Value | null
  set: (value: Value | null) => void
  /** For answers that are chosen: choosing is all there is to do. */
  choose: (value: Value) => void
}

/** Where what was found out is written down or chosen. */
export const StepAnswer = ({ step, focus, size, value, set, choose }: Props) => {
  const t = useSay()
  const auto = focus ? { 'data-autofocus': true, autoFocus: true } : {}
  const { type, choices } = step.answer
  if (type === 'yes_no' || type === 'choice') {
    const all: { value: Value; label: string }[] =
      type === 'yes_no'
        ? [
            { value: true, label: t('words.yes') },
            { value: false, label: t('words.no') },
          ]
        : choices.map(choice => ({ value: choice, label: choice }))
    return (
      <fieldset className="rp-step-choices">
        <legend className="rp-hidden">{step.title}</legend>
        {all.map((one, i) => (
          <Button
            key={one.label}
            size={size === 'lg' ? 'lg' : 'compact-md'}
            variant={value === one.value ? 'light' : 'default'}
            aria-pressed={value === one.value}
            {...(i === 0 ? auto : {})}
            onClick={() => choose(one.value)}
          >
            {one.label}
          </Button>
        ))}
      </fieldset>
    )
  }
  const shared = { 'aria-label': step.title, size, ...auto }
  if (type === 'number')
    return (
      <NumberInput {...shared} value={typeof value === 'number' ? value : ''} onChange={next => set(Number(next))} />
    )
  if (type === 'date')
    return (
      <TextInput
        {...shared}
        type="date"
        value={typeof value === 'string' ? value : ''}
        onChange={event => set(event.currentTarget.value)}
      />
    )
  return (
    <TextInput
      {...shared}
      maxLength={2000}
      value={typeof value === 'string' ? value : ''}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}

/** What is asked of the customer, as it goes out. */
export const StepQuestion = ({ text, set, focus }: { text: string; set: (text: string) => void; focus: boolean }) => {
  const t = useSay()
  return (
    <Textarea
      label={t('steps.question')}
      autosize
      minRows={3}
      maxLength={10_000}
      value={text}
      {...(focus ? { autoFocus: true } : {})}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}

/** A value as a form begins with it. */
export const useAnswer = (step: CaseStep) => useState<Value | null>(step.value)
