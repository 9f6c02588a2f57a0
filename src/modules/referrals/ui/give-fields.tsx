import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { digitsOf, minorOf } from '../../../shared/money.ts'
import { useSay } from '../../../ui/language/index.ts'
import { acts, counted } from '../../authority/contract.ts'
import type { Form } from '../contract.ts'

/** The form while somebody fills it in: the amount in the usual unit. */
export type Filling = {
  act: Form['act']
  amount: number | ''
  currency: string
  reason: string
  exception: boolean
  exceptionReason: string
  policy: string
}

const given = acts.filter(act => act !== 'closing_complaint')

export const isCounted = (act: Form['act']): boolean => counted.includes(act)

/** What is asked of the server: the amount in minor units. */
export const formOf = ({ act, amount, currency, exception, ...rest }: Filling): Form => {
  const unit = isCounted(act) ? null : currency
  const departs = exception || act === 'policy_exception'
  return {
    ...rest,
    act,
    currency: unit,
    amount: minorOf(Number(amount), unit),
    exception: departs,
    ...(departs ? {} : { exceptionReason: '', policy: '' }),
  }
}

type Props = { filling: Filling; set: (filling: Filling) => void }

const HowMuch = ({ filling, set }: Props) => {
  const t = useSay()
  const kind = isCounted(filling.act)
  return (
    <div className="rp-actions" style={{ alignItems: 'flex-end', flexWrap: 'nowrap' }}>
      <NumberInput
        label={t(kind ? 'give.pieces' : 'give.amount')}
        min={0}
        decimalScale={kind ? 0 : digitsOf(filling.currency)}
        thousandSeparator
        hideControls
        value={filling.amount}
        onChange={value => set({ ...filling, amount: value === '' ? '' : Number(value) })}
        required
        withAsterisk={false}
        data-autofocus
        style={{ flex: 1 }}
      />
      {!kind && (
        <Select
          label={t('limits.currency')}
          data={Intl.supportedValuesOf('currency')}
          value={filling.currency}
          onChange={value => value && set({ ...filling, currency: value })}
          searchable
          allowDeselect={false}
          w={110}
        />
      )}
    </div>
  )
}

const Departs = ({ filling, set }: Props) => {
  const t = useSay()
  const always = filling.act === 'policy_exception'
  return (
    <>
      {!always && (
        <Checkbox
          label={t('give.exception')}
          checked={filling.exception}
          onChange={event => set({ ...filling, exception: event.currentTarget.checked })}
        />
      )}
      {(always || filling.exception) && (
        <>
          <Textarea
            label={t('give.exceptionReason')}
            value={filling.exceptionReason}
            onChange={event => set({ ...filling, exceptionReason: event.currentTarget.value })}
            autosize
            maxLength={2000}
            required
            withAsterisk={false}
          />
          <TextInput
            label={t('give.policy')}
            value={filling.policy}
            onChange={event => set({ ...filling, policy: event.currentTarget.value })}
            maxLength={500}
          />
        </>
      )}
    </>
  )
}

/** What is given, how much, why, and what departs from a policy. */
export const GiveFields = ({ filling, set }: Props) => {
  const t = useSay()
  return (
    <>
      <Select
        label={t('give.what')}
        data={given.map(value => ({ value, label: t(`act.${value}`) }))}
        value={filling.act}
        onChange={value => value && set({ ...filling, act: value })}
        allowDeselect={false}
      />
      <HowMuch filling={filling} set={set} />
      <Textarea
        label={t('give.reason')}
        value={filling.reason}
        onChange={event => set({ ...filling, reason: event.currentTarget.value })}
        autosize
        minRows={2}
        maxLength={2000}
        required
        withAsterisk={false}
      />
      <Departs filling={filling} set={set} />
    </>
  )
}
