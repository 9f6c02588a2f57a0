import { NativeSelect } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'
import { conditions, proofs, type Reason } from '../contract.ts'
import { conditionOf, type Facts } from './brought.ts'
import { Hint } from './hint.tsx'
import { conditionKeys, reasonKeys } from './keys.ts'

type Props = { facts: Facts; set: (part: Partial<Facts>) => void }

/** Why it comes back: a key for each reason, which work wherever the focus stands on the desk. */
export const Why = ({ facts, set }: Props) => {
  const t = useSay()
  const names = Object.keys(reasonKeys) as Reason[]
  return (
    <fieldset className="rp-return-part rp-return-choices">
      <legend className="rp-return-head">{t('returns.why')}</legend>
      <div className="rp-return-reasons" data-group="reasons">
        {names.map(reason => (
          <button
            key={reason}
            type="button"
            data-step
            className="rp-return-choice"
            aria-pressed={facts.reason === reason}
            aria-keyshortcuts={reasonKeys[reason]}
            onClick={() => set({ reason })}
          >
            <span className="rp-grow">{t(`returns.reason.${reason}`)}</span>
            <Hint of={reasonKeys[reason]} />
          </button>
        ))}
      </div>
    </fieldset>
  )
}

/** How it looks, and what shows that it was bought here. */
export const How = ({ facts, set }: Props) => {
  const t = useSay()
  const condition = conditionOf(facts)
  return (
    <fieldset className="rp-return-part rp-return-choices">
      <legend className="rp-return-head">{t('returns.how')}</legend>
      <div className="rp-return-how">
        <div className="rp-return-conditions" data-group="conditions">
          {conditions.map(one => (
            <button
              key={one}
              type="button"
              data-step
              className="rp-return-choice"
              aria-pressed={condition === one}
              aria-keyshortcuts={conditionKeys[one]}
              onClick={() => set({ condition: one })}
            >
              <span className="rp-grow">{t(`returns.condition.${one}`)}</span>
              <Hint of={conditionKeys[one]} />
            </button>
          ))}
        </div>
        <NativeSelect
          label={t('returns.proof')}
          data={proofs.map(value => ({ value, label: t(`returns.proof.${value}`) }))}
          value={facts.proof}
          onChange={event => {
            const proof = proofs.find(one => one === event.currentTarget.value)
            if (proof) set({ proof })
          }}
        />
      </div>
    </fieldset>
  )
}
