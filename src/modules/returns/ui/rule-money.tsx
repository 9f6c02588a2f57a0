import { MultiSelect, NativeSelect } from '@mantine/core'
import { digitsOf, minorOf } from '../../../shared/money.ts'
import { useSay } from '../../../ui/language/index.ts'
import { type HouseRule, outcomes } from '../contract.ts'
import { AmountField, DecimalField } from './amount-field.tsx'

type Props = { rule: HouseRule; set: (part: Partial<HouseRule>) => void; currency: string }

const inUnits = (minor: number, currency: string): number => minor / 10 ** digitsOf(currency)

/** What is kept of the price, and for which ways of settling nothing is. */
export const FeeFields = ({ rule, set, currency, error }: Props & { error: string | undefined }) => {
  const t = useSay()
  const fee = rule.fee ?? { fixedMinor: 0, percent: 0, waivedFor: [] }
  const put = (part: Partial<typeof fee>) => {
    const next = { ...fee, ...part }
    set({ fee: next.fixedMinor === 0 && next.percent === 0 ? null : next })
  }
  return (
    <fieldset className="rp-rule-group">
      <legend>{t('returnPolicy.fee')}</legend>
      <div className="rp-columns">
        <AmountField
          label={t('returnPolicy.fee.fixed')}
          currency={currency}
          value={fee.fixedMinor === 0 ? '' : inUnits(fee.fixedMinor, currency)}
          set={amount => put({ fixedMinor: amount === '' ? 0 : minorOf(amount, currency) })}
        />
        <DecimalField
          label={t('returnPolicy.fee.percent')}
          suffix=" %"
          max={100}
          value={fee.percent === 0 ? '' : fee.percent}
          set={percent => put({ percent: percent === '' ? 0 : percent })}
        />
      </div>
      {rule.fee && (
        <MultiSelect
          label={t('returnPolicy.fee.waived')}
          data={outcomes.map(value => ({ value, label: t(`returns.outcome.${value}`) }))}
          value={fee.waivedFor}
          onChange={chosen => put({ waivedFor: outcomes.filter(one => chosen.includes(one)) })}
        />
      )}
      {error && (
        <p className="rp-rule-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type Over = HouseRule['goodsBack']

const OverField = ({
  label,
  value,
  put,
  currency,
}: {
  label: string
  value: Over
  put: (over: Over) => void
  currency: string
}) => {
  const t = useSay()
  const kind = typeof value === 'object' ? 'over' : value
  return (
    <div className="rp-rule-over">
      <NativeSelect
        label={label}
        data={(['always', 'never', 'over'] as const).map(one => ({ value: one, label: t(`returnPolicy.${one}`) }))}
        value={kind}
        onChange={event => {
          const chosen = event.currentTarget.value
          put(chosen === 'always' || chosen === 'never' ? chosen : { overMinor: minorOf(20, currency) })
        }}
      />
      {typeof value === 'object' && (
        <AmountField
          label={t('returnPolicy.overField')}
          currency={currency}
          value={inUnits(value.overMinor, currency)}
          set={amount => put({ overMinor: amount === '' ? 0 : minorOf(amount, currency) })}
        />
      )}
    </div>
  )
}

/** From which worth on goods have to come back, and are looked at. */
export const OverFields = ({ rule, set, currency }: Props) => {
  const t = useSay()
  return (
    <div className="rp-columns">
      <OverField
        label={t('returnPolicy.goodsBack')}
        value={rule.goodsBack}
        put={goodsBack => set({ goodsBack })}
        currency={currency}
      />
      <OverField
        label={t('returnPolicy.inspect')}
        value={rule.inspect}
        put={inspect => set({ inspect })}
        currency={currency}
      />
    </div>
  )
}
