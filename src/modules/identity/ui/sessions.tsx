import { Button } from '@mantine/core'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../contract.ts'

/** "Firefox on Linux" says more than what a browser calls itself. */
const browserOf = (agent: string | null): string | null => {
  if (!agent) return null
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : agent.split('/')[0]
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : ''
  return [browser, system].filter(Boolean).join(', ')
}

export const Sessions = () => {
  const t = useSay()
  const sessions = useCall(identity.sessions, {})
  const end = useAct(identity.endSession, { refresh: [identity.sessions] })
  return (
    <Section title={t('account.sessions')} lead={t('account.sessionsText')}>
      {sessions.isPending && <Loading rows={2} />}
      {sessions.data && (
        <ul className="rp-list">
          {sessions.data.items.map(session => (
            <li key={session.id}>
              <div className="rp-grow">
                {session.browser ? (
                  <span translate="no">{browserOf(session.browser)}</span>
                ) : (
                  t('account.browserUnknown')
                )}
                <div className="rp-dim rp-small">
                  {session.address} · <TimeAgo at={session.createdAt} />
                </div>
              </div>
              {session.current ? (
                <Label tone="good">{t('account.current')}</Label>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => end.mutate({ id: session.id })}>
                  {t('account.endSession')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
