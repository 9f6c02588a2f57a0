import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { SendHeld } from '../../modules/cases/ui/index.ts'
import { CallCards, useCurrentCalls } from '../../modules/telephone/ui/index.ts'
import { FirstKey } from '../commands/first-key.tsx'
import { useCommandKeys } from '../commands/running.ts'
import { keepTyping } from '../commands/typed-ahead.ts'
import { Loading } from '../kit/loading.tsx'
import { useSay } from '../language/index.ts'
import { goLive } from '../live.ts'
import { useMay } from '../me.ts'
import { useSessionEnded } from '../session.ts'
import { ShellContext } from './actions.ts'
import { BottomBar } from './bottom-bar.tsx'
import { useShellCommands } from './commands.ts'
import { ConnectionBanner } from './connection.tsx'
import { useFreshness } from './freshness.ts'
import { usePerfAsked } from './perf-asked.ts'
import { Rail } from './rail.tsx'
import { useUpdates } from './updates.tsx'

const Palette = lazy(() => import('./palette.tsx'))
const LogModal = lazy(() => import('./log-modal.tsx'))
const Shortcuts = lazy(() => import('./shortcuts.tsx'))
const Perf = lazy(() => import('./perf.tsx'))
const SessionEnded = lazy(() => import('./session-ended.tsx'))

const useLive = () => {
  const client = useQueryClient()
  useEffect(() => goLive(() => void client.invalidateQueries()), [client])
  useFreshness()
}

/** What the shell opens from anywhere, by key or by button. */
const useOverlays = () => {
  const [logging, log] = useDisclosure()
  const [keys, shortcuts] = useDisclosure()
  const [searches, setSearches] = useState(0)
  const actions = useMemo(
    () => ({
      logContact: log.open,
      search: () => {
        if (!document.activeElement?.matches('[data-palette]')) keepTyping()
        setSearches(n => n + 1)
      },
      shortcuts: shortcuts.open,
    }),
    [log.open, shortcuts.open],
  )
  useShellCommands(actions)
  const first = useCommandKeys()
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      actions.search()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [actions])
  return { actions, logging, closeLog: log.close, keys, closeKeys: shortcuts.close, searches, first }
}

/** The frame of every screen: navigation that is the loop, one main region, and what opens on top of it. */
export const Shell = () => {
  const t = useSay()
  useLive()
  useUpdates()
  const ended = useSessionEnded()
  const { pathname } = useLocation()
  // The counter is all that is on its screen.
  const alone = pathname === '/counter'
  const calls = useCurrentCalls(useMay()('case.open'))
  const perf = usePerfAsked()
  const leaving = useNavigation().state !== 'idle'
  const { actions, logging, closeLog, keys, closeKeys, searches, first } = useOverlays()
  return (
    <ShellContext value={actions}>
      <a href="#main" className="rp-skip">
        {t('shell.skip')}
      </a>
      <div className="rp-shell" data-alone={alone || undefined}>
        {!alone && <Rail />}
        <div className="rp-body">
          <ConnectionBanner />
          <main
            id="main"
            tabIndex={-1}
            className="rp-main"
            data-full={alone || pathname.startsWith('/queue') || undefined}
            aria-busy={leaving}
          >
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        {!alone && <BottomBar />}
      </div>
      <SendHeld />
      <FirstKey first={first} />
      <Suspense fallback={null}>
        {searches > 0 && <Palette opening={searches} />}
        {logging && <LogModal close={closeLog} />}
        {keys && <Shortcuts close={closeKeys} />}
        {calls.length > 0 && <CallCards calls={calls} />}
        {perf.shown && <Perf close={perf.close} />}
        {ended && <SessionEnded />}
      </Suspense>
    </ShellContext>
  )
}
