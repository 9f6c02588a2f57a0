import { refuseField } from '../../platform/refusal.ts'

const lengths = new Set([8, 12, 13, 14])

/**
 * Whether the last digit of a GTIN is the one that belongs to the others. Source: GS1 General Specifications, 7.9: the
 * digits before it weigh 3 and 1 in turn, 3 first from the right.
 * @param digits 8, 12, 13 or 14 of them
 */
export const isGtin = (digits: string): boolean => {
  const sum = digits
    .slice(0, -1)
    .split('')
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1))
}

/**
 * A barcode as it is kept. One that looks like a GTIN must be one; shops print others of their own.
 * @throws Refusal naming `field`
 */
export const barcodeOf = (given: string | null, field = 'barcode'): string | null => {
  const code = given?.replace(/[\s-]/g, '') ?? ''
  if (code === '') return null
  if (!/^[\dA-Za-z.*$/+%]{3,40}$/.test(code)) return refuseField(field, 'This is no barcode')
  if (/^\d+$/.test(code) && lengths.has(code.length) && !isGtin(code))
    return refuseField(field, 'The last digit does not fit the others: a digit is missing or wrong')
  return code
}
