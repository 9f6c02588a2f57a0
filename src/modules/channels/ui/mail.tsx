import { SegmentedControl } from '@mantine/core'
import { useSearchParams } from 'react-router'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { Days } from './days.tsx'
import { OutgoingList } from './outgoing.tsx'
import { Held, ReceivedList } from './received.tsx'

const parts = ['held', 'in', 'out', 'days'] as const

/** What became no case comes first: it is the only part that needs somebody. */
export const Mail = () => {
  const t = useSay()
  const [params, setParams] = useSearchParams()
  const part = parts.find(item => item === params.get('part')) ?? 'held'
  return (
    <div className="rp-page">
      <PageHeader title={t('mail.title')} lead={t('mail.lead')} />
      <SegmentedControl
        aria-label={t('mail.tabs')}
        value={part}
        onChange={value => setParams({ part: value })}
        data={parts.map(value => ({ value, label: t(`mail.${value}`) }))}
        mb={18}
      />
      {part === 'held' && <Held />}
      {part === 'in' && <ReceivedList />}
      {part === 'out' && <OutgoingList />}
      {part === 'days' && <Days />}
    </div>
  )
}
