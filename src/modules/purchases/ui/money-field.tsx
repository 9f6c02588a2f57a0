import { NumberInput, type NumberInputProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { digitsOf, symbolOf } from '../../../shared/money.ts'
import { type Amount, inFull } from './sale-form.ts'

type Props = Pick<NumberInputProps, 'onKeyDown'> & {
  label: string
  currency: string
  value: Amount
  set: (value: Amount) => void
  error: ReactNode
  'data-stays'?: boolean
}

/** An amount in the usual unit, with the sign of its currency. */
export const MoneyField = ({ currency, value, set, ...input }: Props) => (
  <NumberInput
    prefix={symbolOf(currency)}
    min={0}
    decimalScale={digitsOf(currency)}
    thousandSeparator
    hideControls
    value={value}
    onChange={set}
    // Only once it is left: written out while one types, the cursor would stand behind the point.
    onBlur={() => value !== '' && set(inFull(Number(value), currency))}
    {...input}
  />
)
