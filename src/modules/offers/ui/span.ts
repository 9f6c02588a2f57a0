import { useSay } from '../../../ui/language/index.ts'

/** Working minutes as a person says them: hours where they are whole. */
export const useSpan = () => {
  const t = useSay()
  return (minutes: number): string =>
    minutes % 60 === 0 ? t('time.hours', { n: minutes / 60 }) : t('time.minutes', { n: minutes })
}
