import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { QuickLog } from './quick-log.tsx'

/** The log as a page: for a counter where it stays open all day. */
export const LogPage = () => {
  const t = useSay()
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('log.title')} lead={t('log.lead')} />
      <QuickLog />
    </div>
  )
}
