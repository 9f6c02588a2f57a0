import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useSay } from '../language/index.ts'
import { useLiveState, useOnline } from '../live.ts'

/** Says when the network is gone, or the line to the server broke for more than a moment. */
export const ConnectionBanner = () => {
  const t = useSay()
  const online = useOnline()
  const broken = useLiveState() === 'broken'
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!broken) return setLong(false)
    // A restart of the server takes about two seconds; a banner for that would only be noise.
    const timer = setTimeout(() => setLong(true), 4000)
    return () => clearTimeout(timer)
  }, [broken])
  const shown = !online ? 'offline' : long ? 'broken' : null
  return (
    <div role="status" aria-live="polite">
      {shown && (
        <div className="rp-banner">
          {shown === 'offline' ? <IconCloudOff size={16} aria-hidden /> : <IconRefresh size={16} aria-hidden />}
          {t(shown === 'offline' ? 'connection.offline' : 'connection.broken')}
        </div>
      )}
    </div>
  )
}
