import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useSay } from '../../../ui/language/index.ts'
import type { Assessment } from '../contract.ts'
import type { Attempt, Facts } from './brought.ts'

type Props = { facts: Facts; set: (part: Partial<Facts>) => void; questions: Assessment['questions'] }

const blank: Attempt = { kind: 'repair', askedOn: '', backOn: null, failed: false }

type AttemptProps = { attempt: Attempt; n: number; set: (part: Partial<Attempt>) => void; remove: () => void }

const AttemptFields = ({ attempt, n, set, remove }: AttemptProps) => {
  const t = useSay()
  return (
    <fieldset className="rp-return-attempt">
      <legend className="rp-hidden">{t('returns.attempt', { n })}</legend>
      <NativeSelect
        label={t('returns.attempt.kind')}
        data={(['repair', 'replacement'] as const).map(value => ({ value, label: t(`returns.attempt.${value}`) }))}
        value={attempt.kind}
        onChange={event => set({ kind: event.currentTarget.value === 'repair' ? 'repair' : 'replacement' })}
      />
      <TextInput
        type="date"
        label={t('returns.attempt.asked')}
        value={attempt.askedOn}
        onChange={event => set({ askedOn: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('returns.attempt.back')}
        value={attempt.backOn ?? ''}
        onChange={event => set({ backOn: event.currentTarget.value || null })}
      />
      <div className="rp-actions">
        <Checkbox
          label={t('returns.attempt.failed')}
          checked={attempt.failed}
          onChange={event => set({ failed: event.currentTarget.checked })}
        />
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={remove}>
          {t('action.remove')}
        </Button>
      </div>
    </fieldset>
  )
}

const Earlier = ({ facts, set }: Omit<Props, 'questions'>) => {
  const t = useSay()
  const { earlier } = facts
  return (
    <div className="rp-stack">
      {earlier.map((attempt, index) => (
        <AttemptFields
          // Attempts are only added at the end, and their fields hold nothing of their own.
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name
          key={index}
          attempt={attempt}
          n={index + 1}
          set={part => set({ earlier: earlier.with(index, { ...attempt, ...part }) })}
          remove={() => set({ earlier: earlier.toSpliced(index, 1) })}
        />
      ))}
      <div>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconPlus size={15} />}
          disabled={earlier.length >= 10}
          onClick={() => set({ earlier: [...earlier, blank] })}
        >
          {t('returns.attempt.add')}
        </Button>
      </div>
    </div>
  )
}

/** What is asked seldom stays closed until somebody opens it; what was said there is counted on the outside. */
export const WhatElse = ({ facts, set, questions }: Props) => {
  const t = useSay()
  const { traits, earlier } = facts
  const asked = Object.entries(questions)
  return (
    <div className="rp-return-part rp-return-else">
      <details>
        <summary>
          {t('returns.earlier')}
          {earlier.length > 0 && <span className="rp-nav-count">{earlier.length}</span>}
        </summary>
        <Earlier facts={facts} set={set} />
      </details>
      {asked.length > 0 && (
        <details>
          <summary>
            {t('returns.traits')}
            {traits.length > 0 && <span className="rp-nav-count">{traits.length}</span>}
          </summary>
          <div className="rp-return-questions">
            {asked.map(([trait, question]) => (
              <Checkbox
                key={trait}
                label={question}
                checked={traits.includes(trait)}
                onChange={event =>
                  set({
                    traits: event.currentTarget.checked ? [...traits, trait] : traits.filter(one => one !== trait),
                  })
                }
              />
            ))}
          </div>
        </details>
      )}
    </div>
  )
}
