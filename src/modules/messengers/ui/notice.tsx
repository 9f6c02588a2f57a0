import { useCall } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { messengers, type Reachable } from '../contract.ts'

const byMessenger = ['text_message', 'social']

/**
 * Whether an answer goes out by the messenger the case came by, for a reply by that channel; null where it does not, and
 * is only noted. Asked again as time goes on, because the window of WhatsApp closes by itself.
 */
export const useReachable = (caseId: number, channel: string, reply: boolean): Reachable | null => {
  const asked = reply && byMessenger.includes(channel)
  const { data } = useCall(
    messengers.reachable,
    { id: caseId },
    { enabled: asked, staleTime: 0, refetchInterval: 60_000 },
  )
  return asked && data && data.state !== 'none' && data.channel === channel ? data : null
}

const time = (at: string) =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** Where the answer goes, until when one may write freely, and what cannot go: said before it is written. */
export const MessengerNotice = ({ way, length, files }: { way: Reachable; length: number; files: number }) => {
  const t = useSay()
  const most = way.longest ?? Number.POSITIVE_INFINITY
  if (way.state === 'stopped') return <Notice tone="bad">{t('messengers.stopped')}</Notice>
  if (way.state === 'closed') return <Notice tone="note">{t('messengers.closed')}</Notice>
  const wrong = [
    ...(length > most ? [t('messengers.tooLong', { n: length, most })] : []),
    ...(files > 0 && !way.files ? [t('messengers.noFiles')] : []),
  ]
  return (
    <>
      <p className="rp-composer-whom">
        <span>{t('messengers.goesBy', { account: way.account ?? '', address: way.address ?? '' })}</span>
        {way.until && <span>{t('messengers.until', { time: time(way.until) })}</span>}
        {length > most * 0.8 && length <= most && <span>{t('messengers.length', { n: length, most })}</span>}
      </p>
      {wrong.length > 0 && (
        <Notice tone="note">
          {wrong.map(line => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
    </>
  )
}
