import { NumberInput, type NumberInputProps } from '@mantine/core'
import { useState } from 'react'
import { digitsOf, symbolOf } from '../../../shared/money.ts'

type Props = Omit<NumberInputProps, 'value' | 'onChange'> & { value: number | ''; set: (value: number | '') => void }

/** A number with decimals. What is half typed, such as “12.” or “12.50”, stays as it was typed while it means the same. */
export const DecimalField = ({ value, set, ...input }: Props) => {
  const [typed, setTyped] = useState<number | string>(value)
  const isSame = typed !== '' && value !== '' && Number(typed) === value
  return (
    <NumberInput
      min={0}
      hideControls
      clampBehavior="none"
      value={isSame ? typed : value}
      onChange={next => {
        setTyped(next)
        set(next === '' || Number.isNaN(Number(next)) ? '' : Number(next))
      }}
      {...input}
    />
  )
}

/** An amount in the usual unit, with the sign of its currency. */
export const AmountField = ({ currency, ...input }: Props & { currency: string }) => (
  <DecimalField prefix={symbolOf(currency)} decimalScale={digitsOf(currency)} thousandSeparator {...input} />
)
