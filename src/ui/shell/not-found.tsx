import { Button } from '@mantine/core'
import { IconMapOff, IconRefreshAlert } from '@tabler/icons-react'
import { Link } from 'react-router'
import { EmptyState } from '../kit/empty-state.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { useSay } from '../language/index.ts'

export const NotFound = () => {
  const t = useSay()
  return (
    <>
      <PageHeader title={t('notFound.title')} hidden />
      <EmptyState icon={<IconMapOff size={32} stroke={1.4} />} title={t('notFound.title')} text={t('notFound.text')}>
        <Button component={Link} to="/queue">
          {t('notFound.back')}
        </Button>
      </EmptyState>
    </>
  )
}

/** A screen that broke, or whose code could not be loaded because a new version has been installed. */
export const RouteProblem = () => {
  const t = useSay()
  return (
    <main className="rp-splash">
      <EmptyState icon={<IconRefreshAlert size={32} stroke={1.4} />} title={t('broken.title')} text={t('broken.text')}>
        <Button onClick={() => window.location.reload()}>{t('broken.reload')}</Button>
      </EmptyState>
    </main>
  )
}
