import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { Navigate, useLocation } from 'react-router'
import { identity } from '../../modules/identity/contract.ts'
import { call, keyOf, useCall } from '../call.ts'
import { client } from '../client.ts'
import { EmptyState } from '../kit/empty-state.tsx'
import { sentenceOf } from '../kit/problem-note.tsx'
import { useSay } from '../language/index.ts'
import { MeContext } from '../me.ts'
import { useLooks } from './looks.ts'
import { Shell } from './shell.tsx'

const knownForMs = 5 * 60_000

/** Asks who is signed in while the screen is still fetched: one round trip less until there is something to see. */
export const askWhoIsHere = (): void =>
  void client
    .query({
      queryKey: keyOf(identity.me, {}),
      queryFn: ({ signal }) => call(identity.me, {}, { signal }),
      staleTime: knownForMs,
    })
    // The gate asks again and says what is wrong.
    .catch(() => {})

/** Lets in whoever is signed in, and sends everybody else to the sign-in page and back. */
export const Gate = () => {
  const t = useSay()
  const { pathname, search } = useLocation()
  const me = useCall(identity.me, {}, { staleTime: knownForMs })
  useLooks(me.data?.preferences)
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
