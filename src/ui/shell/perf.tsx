import './perf.css'
import { CloseButton } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { popups } from '../kit/keys.ts'
import { useSay } from '../language/index.ts'
import { usePerf } from './perf-measures.ts'

const isCovered = () => [...document.querySelectorAll(popups)].some(popup => popup.checkVisibility())

/** Escape closes what lies on top first: a dialogue, then this, then it goes one level back on the screen below. */
const useEscapeFirst = (close: () => void) => {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing || isCovered()) return
      event.preventDefault()
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [close])
}

const Figure = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)

/** How fast the page is, measured where it is used. For administrators who add `?perf` to an address. */
const Perf = ({ close }: { close: () => void }) => {
  const t = useSay()
  const { firstMs, navigation, calls, slowest, live, tasks } = usePerf()
  useEscapeFirst(close)
  const none = t('perf.none')
  const ms = (value: number | null) => (value === null ? none : t('perf.ms', { n: Math.round(value) }))
  return (
    <section className="rp-perf" aria-label={t('perf.title')}>
      <header>
        <strong>{t('perf.title')}</strong>
        <CloseButton size="sm" aria-label={t('perf.close')} onClick={close} />
      </header>
      <dl>
        <Figure name={t('perf.page')}>{t('perf.pageText', { ms: ms(firstMs) })}</Figure>
        <Figure name={t('perf.navigation')}>
          {navigation ? t('perf.navigationText', { ms: ms(navigation.ms), path: navigation.path }) : none}
        </Figure>
        <Figure name={t('perf.calls', { n: calls.count })}>
          {t('perf.callsText', { p50: ms(calls.p50), p95: ms(calls.p95) })}
        </Figure>
        <Figure name={t('perf.slowest')}>
          {slowest ? t('perf.slowestText', { ms: ms(slowest.ms), path: slowest.path }) : none}
        </Figure>
        <Figure name={t('perf.live')}>
          {live.last === null ? none : t('perf.liveText', { last: ms(live.last), p50: ms(live.p50) })}
        </Figure>
        <Figure name={t('perf.longTasks')}>
          {tasks.count === 0
            ? none
            : t('perf.longTasksText', { n: tasks.count, longest: ms(tasks.longestMs), total: ms(tasks.totalMs) })}
        </Figure>
      </dl>
    </section>
  )
}

export default Perf
