import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Secret } from '../../../ui/kit/secret.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { diary } from '../contract.ts'

/** The secret address at which one's own calendar program reads the diary. */
export const Feed = () => {
  const t = useSay()
  const [url, setUrl] = useState<string | null>(null)
  const feed = useCall(diary.feed, {})
  const make = useAct(diary.makeFeed, { refresh: [diary.feed], done: made => setUrl(made.url) })
  const end = useAct(diary.endFeed, { refresh: [diary.feed], done: () => setUrl(null) })
  const { madeAt, readAt } = feed.data ?? { madeAt: null, readAt: null }
  return (
    <Section title={t('diary.feed')} lead={t('diary.feedLead')}>
      {url && (
        <>
          <p className="rp-small">{t('diary.feedCopy')}</p>
          <Secret label={t('diary.feedCopy')} text={url} />
        </>
      )}
      {madeAt && (
        <p className="rp-dim rp-small">
          {t('diary.feedMade', { made: atTime(madeAt), read: readAt ? atTime(readAt) : t('diary.feedNever') })}
        </p>
      )}
      <div className="rp-actions">
        <Button variant="default" onClick={() => make.mutate({})} loading={make.isPending}>
          {t('diary.feedMake')}
        </Button>
        {madeAt && (
          <Button variant="subtle" color="gray" onClick={() => end.mutate({})} loading={end.isPending}>
            {t('diary.feedEnd')}
          </Button>
        )}
      </div>
    </Section>
  )
}
