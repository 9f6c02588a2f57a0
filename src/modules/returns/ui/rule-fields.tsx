import { Checkbox, MultiSelect, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { conditions, type HouseRule, outcomes, proofs, reasonClasses, windowStarts } from '../contract.ts'
import { FeeFields, OverFields } from './rule-money.tsx'
import { hasCondition } from './rules.ts'

type Props = {
  rule: HouseRule
  set: (part: Partial<HouseRule>) => void
  currency: string
  errors: Record<string, string>
}

type SetProps<T extends string> = {
  label: string
  all: readonly T[]
  value: readonly T[]
  say: (one: T) => string
  set: (value: T[]) => void
  error: string | undefined
}

const Several = <T extends string>({ label, all, value, say, set, error }: SetProps<T>) => (
  <MultiSelect
    label={label}
    data={all.map(one => ({ value: one, label: say(one) }))}
    value={[...value]}
    onChange={chosen => set(all.filter(one => chosen.includes(one)))}
    error={error}
    searchable={false}
  />
)

const Window = ({ rule, set, errors }: Omit<Props, 'currency'>) => {
  const t = useSay()
  const { window, toWorkingDay } = rule
  return (
    <fieldset className="rp-rule-group">
      <legend>{t('returnPolicy.window')}</legend>
      <div className="rp-columns">
        <NativeSelect
          aria-label={t('returnPolicy.window')}
          data={(['days', 'none'] as const).map(value => ({ value, label: t(`returnPolicy.window.${value}`) }))}
          value={window ? 'days' : 'none'}
          onChange={event =>
            set({ window: event.currentTarget.value === 'none' ? null : { days: 28, from: 'item_delivery' } })
          }
        />
        {window && (
          <>
            <NumberInput
              aria-label={t('returnPolicy.daysField')}
              suffix={` ${t('returnPolicy.daysField').toLowerCase()}`}
              min={0}
              max={36_500}
              allowDecimal={false}
              value={window.days}
              onChange={days => set({ window: { ...window, days: typeof days === 'number' ? days : 0 } })}
            />
            <NativeSelect
              aria-label={t('returnPolicy.from')}
              data={windowStarts.map(value => ({
                value,
                label: `${t('returnPolicy.from')} ${t(`returnPolicy.from.${value}`)}`,
              }))}
              value={window.from}
              onChange={event => {
                const from = windowStarts.find(one => one === event.currentTarget.value)
                if (from) set({ window: { ...window, from } })
              }}
            />
          </>
        )}
      </div>
      {errors.window && (
        <p className="rp-rule-error" role="alert">
          {errors.window}
        </p>
      )}
      {window && (
        <Checkbox
          label={t('returnPolicy.toWorkingDay')}
          checked={toWorkingDay}
          onChange={event => set({ toWorkingDay: event.currentTarget.checked })}
        />
      )}
    </fieldset>
  )
}

/** Every field of a rule; what is wrong with one stands beneath it, with the clause of the law. */
export const RuleFields = ({ rule, set, currency, errors }: Props) => {
  const t = useSay()
  return (
    <div className="rp-stack">
      <div className="rp-columns">
        <TextInput
          label={t('returnPolicy.name')}
          value={rule.name}
          maxLength={120}
          error={errors.name}
          onChange={event => set({ name: event.currentTarget.value })}
          data-rule-name
        />
        <TextInput
          label={t('returnPolicy.id')}
          description={t('returnPolicy.idText')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={rule.id}
          maxLength={60}
          error={errors.id}
          onChange={event => set({ id: event.currentTarget.value })}
        />
      </div>
      <Textarea
        label={t('returnPolicy.clause')}
        autosize
        minRows={2}
        maxLength={1000}
        value={rule.clause}
        error={errors.clause}
        onChange={event => set({ clause: event.currentTarget.value })}
      />
      <Several
        label={t('returnPolicy.reasons')}
        all={reasonClasses}
        value={rule.reasons}
        say={one => t(`returns.reason.${one}`)}
        set={reasons => set({ reasons })}
        error={errors.reasons}
      />
      <Window rule={rule} set={set} errors={errors} />
      <Several
        label={t('returnPolicy.accepted')}
        all={conditions}
        value={rule.accepted}
        say={one => t(`returns.condition.${one}`)}
        set={accepted => set({ accepted })}
        error={errors.accepted}
      />
      <Several
        label={t('returnPolicy.proofs')}
        all={proofs}
        value={rule.proofs}
        say={one => t(`returns.proof.${one}`)}
        set={chosen => set({ proofs: chosen })}
        error={errors.proofs}
      />
      <Several
        label={t('returnPolicy.outcomes')}
        all={outcomes}
        value={rule.outcomes}
        say={one => t(`returns.outcome.${one}`)}
        set={chosen => set({ outcomes: chosen })}
        error={errors.outcomes}
      />
      <FeeFields rule={rule} set={set} currency={currency} error={errors.fee} />
      <OverFields rule={rule} set={set} currency={currency} />
      {hasCondition(rule) && <p className="rp-dim rp-small">{t('returnPolicy.hasCondition')}</p>}
    </div>
  )
}
