import { Button } from '@mantine/core'
import { useState } from 'react'
import { usePages } from '../../../ui/call.ts'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { people } from '../contract.ts'

/** Who has read this record: for those who answer for the care of personal data. */
export const Readers = ({ personId }: { personId: number }) => {
  const t = useSay()
  const [shown, setShown] = useState(false)
  const list = usePages(people.trace, { id: personId, limit: 20 }, { enabled: shown })
  return (
    <Section title={t('readers.title')} lead={t('readers.lead')}>
      {!shown && (
        <Button variant="default" size="compact-md" onClick={() => setShown(true)}>
          {t('readers.show')}
        </Button>
      )}
      {shown && (
        <ul className="rp-list">
          {list.items.map(item => (
            <li key={item.at + item.actor}>
              <span className="rp-grow">{item.actor}</span>
              <span className="rp-dim rp-small">
                <TimeAgo at={item.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <LoadMore
        hasMore={shown && list.hasNextPage}
        loading={list.isFetchingNextPage}
        more={() => void list.fetchNextPage()}
      />
    </Section>
  )
}
