import { Button, useMantineColorScheme } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { Navigate, useLocation } from 'react-router'
import { identity, type Preferences } from '../../modules/identity/contract.ts'
import { useCall } from '../call.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { sentenceOf } from '../kit/problem-note.tsx'
import { speak, useSay } from '../language/index.ts'
import { MeContext } from '../me.ts'
import { Shell } from './shell.tsx'

const usePreferences = (preferences: Preferences | undefined) => {
  const { setColorScheme } = useMantineColorScheme()
  const scheme = preferences?.colourScheme
  const density = preferences?.density ?? 'comfortable'
  const language = preferences?.language ?? 'en'
  useEffect(() => {
    if (scheme) setColorScheme(scheme)
  }, [scheme, setColorScheme])
  useEffect(() => {
    document.documentElement.dataset.density = density
  }, [density])
  useEffect(() => speak(language), [language])
}

/** Lets in whoever is signed in, and sends everybody else to the sign-in page and back. */
export const Gate = () => {
  const t = useSay()
  const { pathname, search } = useLocation()
  const me = useCall(identity.me, {}, { staleTime: 5 * 60_000 })
  usePreferences(me.data?.preferences)
  if (me.data)
    return (
      <MeContext value={me.data}>
        <Shell />
      </MeContext>
    )
  if (me.error?.status === 401)
    return <Navigate to={`/sign-in?then=${encodeURIComponent(pathname + search)}`} replace />
  if (!me.error) return <div className="rp-splash" role="status" aria-label={t('list.loading')} />
  return (
    <main className="rp-splash">
      <EmptyState
        icon={<IconPlugConnectedX size={32} stroke={1.4} />}
        title={t('gate.unreachable')}
        text={sentenceOf(me.error)}
      >
        <Button onClick={() => void me.refetch()}>{t('action.again')}</Button>
      </EmptyState>
    </main>
  )
}
