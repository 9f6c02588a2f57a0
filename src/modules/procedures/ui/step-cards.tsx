import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Phrasing, type Step, tones } from '../contract-shapes.ts'
import { blankStep } from './draft.ts'
import { StepFields } from './step-fields.tsx'

type Props = { steps: readonly Step[]; set: (steps: Step[]) => void; may: boolean }

/** The steps of a draft in their order; one is open at a time. */
export const StepCards = ({ steps, set, may }: Props) => {
  const t = useSay()
  const [open, setOpen] = useState<string | null>(null)
  const add = () => {
    const step = blankStep(steps)
    set([...steps, step])
    setOpen(step.key)
  }
  return (
    <>
      <ol className="rp-step-cards">
        {steps.map((step, at) => (
          <li key={step.key} className="rp-step-card">
            <div className="rp-step-card-head">
              <button
                type="button"
                className="rp-step-head rp-grow"
                aria-expanded={open === step.key}
                onClick={() => setOpen(open === step.key ? null : step.key)}
              >
                <span className="rp-dim rp-number">{at + 1}</span>
                <span className="rp-grow">{step.title || t('editor.untitled')}</span>
                <span className="rp-dim rp-small">{t(`editor.part.${step.part}`)}</span>
              </button>
              {may && (
                <>
                  <UpDown
                    up={t('editor.up', { step: step.title })}
                    down={t('editor.down', { step: step.title })}
                    first={at === 0}
                    last={at === steps.length - 1}
                    move={by => set(moved(steps, step, by))}
                  />
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t('editor.remove', { step: step.title })}
                    onClick={() => set(steps.filter(one => one !== step))}
                  >
                    <IconX size={15} />
                  </ActionIcon>
                </>
              )}
            </div>
            {open === step.key && (
              <StepFields
                step={step}
                before={steps.slice(0, at)}
                set={more => set(steps.map(one => (one.key === step.key ? { ...one, ...more } : one)))}
              />
            )}
          </li>
        ))}
      </ol>
      {may && (
        <Button variant="default" leftSection={<IconPlus size={15} />} onClick={add} disabled={steps.length >= 40}>
          {t('editor.addStep')}
        </Button>
      )}
    </>
  )
}

type PhraseProps = { phrases: readonly Phrasing[]; set: (phrases: Phrasing[]) => void; may: boolean }

/** Words to have at hand. */
export const PhraseFields = ({ phrases, set, may }: PhraseProps) => {
  const t = useSay()
  const change = (at: number, more: Partial<Phrasing>) =>
    set(phrases.map((one, i) => (i === at ? { ...one, ...more } : one)))
  return (
    <>
      {phrases.map((phrase, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two phrases may be the same while they are being written
        <div key={at} className="rp-step-card-head" style={{ marginBottom: 8 }}>
          <NativeSelect
            aria-label={t('editor.tone')}
            data={tones.map(value => ({ value, label: t(`tone.${value}`) }))}
            value={phrase.tone}
            onChange={event => change(at, { tone: event.currentTarget.value as Phrasing['tone'] })}
          />
          <TextInput
            className="rp-grow"
            aria-label={t('editor.phrase')}
            maxLength={500}
            value={phrase.text}
            onChange={event => change(at, { text: event.currentTarget.value })}
          />
          {may && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('editor.removePhrase')}
              onClick={() => set(phrases.filter((_, i) => i !== at))}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </div>
      ))}
      {may && (
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => set([...phrases, { tone: 'listening', text: '' }])}
        >
          {t('editor.addPhrase')}
        </Button>
      )}
    </>
  )
}
