/** How many digits a currency has after the point: two for pounds, none for yen. */
export const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** `£` for GBP; the code itself where there is no sign. */
export const symbolOf = (currency: string): string =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(part => part.type === 'currency')?.value ?? currency

/**
 * An amount as people write it.
 * @param minor in minor units, or a count where there is no currency
 */
export const money = (minor: number, currency: string | null, language = 'en-GB'): string => {
  if (currency === null) return new Intl.NumberFormat(language).format(minor)
  const digits = digitsOf(currency)
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(minor / 10 ** digits)
}

/** What somebody typed in the usual unit, in minor units. */
export const minorOf = (amount: number, currency: string | null): number =>
  Math.round(amount * 10 ** (currency === null ? 0 : digitsOf(currency)))
