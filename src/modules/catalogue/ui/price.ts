import { money } from '../../../shared/money.ts'
import { say } from '../../../ui/language/index.ts'

/** A price as people write it, or that none is known. */
export const priceOf = ({ priceMinor, currency }: { priceMinor: number | null; currency: string }): string =>
  priceMinor === null ? say('product.noPrice') : money(priceMinor, currency, navigator.language)
