import { useSay } from '../../../ui/language/index.ts'
import type { Finding, Indicator, Measure } from '../contract-shapes.ts'

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** How a promise was kept, in a sentence that says from how many. */
export const useMeasured = () => {
  const t = useSay()
  return ({ n, kept, late, broken, share, low, high }: Measure): string => {
    if (n === 0) return t('codes.measure.none')
    const counts = t('codes.measure.counts', { kept, late, broken })
    if (share === null || low === null || high === null) return `${t('codes.measure.few', { count: n })} ${counts}`
    return `${t('codes.measure.share', { share: percent(share), low: percent(low), high: percent(high), count: n })} ${counts}`
  }
}

/** How a promise is measured, in a sentence. */
export const useIndicator = () => {
  const t = useSay()
  return ({ kind, target, percent: of, days }: Indicator): string => {
    const by =
      target.unit === 'as_promised'
        ? t('codes.target.as_promised')
        : t(target.unit === 'minutes' ? 'codes.target.minutes' : 'codes.target.working_days', { count: target.n })
    return t('codes.indicator', { kind: t(`promise.kind.${kind}`), by, percent: of, days })
  }
}

/** What a check found, in a sentence. */
export const useFinding = () => {
  const t = useSay()
  return ({ check, words, instead }: Finding): string => t(`codes.check.${check}`, { words, instead })
}
