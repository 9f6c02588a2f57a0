import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { automation, type FailingJob } from '../contract.ts'

const Row = ({ job }: { job: FailingJob }) => {
  const t = useSay()
  const edit = useMay()('jobs.edit')
  const retry = useAct(automation.retryJob, { refresh: [automation.jobs] })
  const drop = useAct(automation.dropJob, { refresh: [automation.jobs] })
  return (
    <li>
      <div className="rp-grow">
        <strong>{job.name}</strong>
        <div className="rp-dim rp-small">
          {t('jobs.attempts', { n: job.attempts, max: job.maxAttempts })} · {t('jobs.next')} <TimeAgo at={job.runAt} />
        </div>
        {job.lastError && <div className="rp-small">{job.lastError}</div>}
      </div>
      {job.givenUp && <Label tone="bad">{t('jobs.givenUp')}</Label>}
      {edit && (
        <>
          <ConfirmButton
            size="compact-sm"
            variant="subtle"
            color="gray"
            action={t('jobs.drop')}
            label={`${t('jobs.drop')} ${job.name}`}
            question={t('jobs.dropQuestion')}
            text={t('jobs.dropText')}
            onConfirm={() => drop.mutate({ id: job.id })}
          />
          <Button
            size="compact-sm"
            variant="default"
            loading={retry.isPending}
            onClick={() => retry.mutate({ id: job.id })}
          >
            {t('jobs.retry')}
          </Button>
        </>
      )}
    </li>
  )
}

export const Jobs = () => {
  const t = useSay()
  const jobs = useCall(automation.jobs, {}, { refetchInterval: 10_000 })
  const { data } = jobs
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('jobs.title')} lead={t('jobs.lead')}>
        {data && (
          <>
            <Label tone="plain">{t('jobs.waiting', { count: data.waiting })}</Label>
            <Label tone="plain">{t('jobs.running', { count: data.running })}</Label>
          </>
        )}
      </PageHeader>
      {jobs.isPending && <Loading rows={3} />}
      {data?.failing.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck size={34} stroke={1.2} />}
          title={t('jobs.none')}
          text={t('jobs.noneText')}
        />
      )}
      {data && data.failing.length > 0 && (
        <ul className="rp-list">
          {data.failing.map(job => (
            <Row key={job.id} job={job} />
          ))}
        </ul>
      )}
    </div>
  )
}
