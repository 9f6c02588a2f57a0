import { digitsOf } from '../../shared/money.ts'

/** An amount as people write it, `£1,299.00` or `12,50`, in minor units; null where it is none. */
export const minorOf = (text: string, currency: string): number | null => {
  const bare = text.replace(/[\s£$€]/g, '').replace(/^[A-Z]{3}|[A-Z]{3}$/g, '')
  const grouped = /^\d{1,3}([,.'’]\d{3})+([.,]\d{1,2})?$/.test(bare) && !/^\d{1,3}[.,]\d{3}$/.test(bare)
  const decimal = grouped
    ? bare.replace(/[,.'’](?=\d{3}(\D|$))/g, '').replace(',', '.')
    : bare.replace(/^(\d{1,3}),(\d{3})$/, '$1$2').replace(',', '.')
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) return null
  const minor = Number(decimal) * 10 ** digitsOf(currency)
  return Math.abs(minor - Math.round(minor)) < 1e-6 ? Math.round(minor) : null
}
