import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useSay } from '../language/index.ts'

type Props = { hasMore: boolean; loading: boolean; more: () => void }

/** Reads on by itself when it comes into sight; a button for those who do not scroll. */
export const LoadMore = ({ hasMore, loading, more }: Props) => {
  const t = useSay()
  const end = useRef<HTMLDivElement>(null)
  const read = useRef(more)
  read.current = more
  useEffect(() => {
    if (!hasMore || loading || !end.current) return
    const watcher = new IntersectionObserver(entries => entries.some(entry => entry.isIntersecting) && read.current(), {
      rootMargin: '300px',
    })
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [hasMore, loading])
  if (!hasMore) return null
  return (
    <div ref={end} style={{ padding: 12, textAlign: 'center' }}>
      <Button variant="default" loading={loading} onClick={more}>
        {t('list.more')}
      </Button>
    </div>
  )
}
