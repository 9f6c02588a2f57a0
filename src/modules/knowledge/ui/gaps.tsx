import './knowledge.css'
import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { IconZoomCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Gap, gaps } from '../contract-gaps.ts'

const states = ['open', 'drafted', 'dismissed'] as const
type State = (typeof states)[number]

const DismissDialog = ({ gap, close }: { gap: Gap; close: () => void }) => {
  const t = useSay()
  const [reason, setReason] = useState('')
  const act = useAct(gaps.dismissGap, { quiet: true, refresh: [gaps.gaps], done: close })
  return (
    <FormDialog
      title={t('gaps.dismissTitle', { words: gap.words })}
      close={close}
      busy={act.isPending}
      ready={reason.trim() !== ''}
      action={t('gaps.dismiss')}
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ id: gap.id, reason: reason.trim() })
      }}
    >
      <ProblemNote problem={act.error} />
      <Textarea
        label={t('gaps.reason')}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  )
}

const titleOf = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

const Row = ({ gap, dismiss }: { gap: Gap; dismiss: () => void }) => {
  const t = useSay()
  const draft = `/knowledge/new?${new URLSearchParams({ gap: String(gap.id), title: titleOf(gap.words) })}`
  return (
    <li>
      <span className="rp-gap-times" title={t('gaps.times', { count: gap.times })}>
        {gap.times}
      </span>
      <span className="rp-grow">
        <strong dir="auto">{gap.words}</strong>
        <span className="rp-dim rp-small" style={{ display: 'block' }}>
          {t('gaps.byWhom', { staff: gap.staffTimes, others: gap.publicTimes })} · <TimeAgo at={gap.lastAt} />
          {gap.reason && (
            <>
              {' · '}
              {gap.decidedBy}: <q dir="auto">{gap.reason}</q>
            </>
          )}
        </span>
      </span>
      {gap.state === 'open' && (
        <>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={t('gaps.dismissLabel', { words: gap.words })}
            onClick={dismiss}
          >
            {t('gaps.dismiss')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={draft}
            aria-label={t('gaps.writeLabel', { words: gap.words })}
          >
            {t('gaps.write')}
          </Button>
        </>
      )}
      {gap.article && <Link to={`/knowledge/${gap.article.id}`}>{gap.article.title}</Link>}
    </li>
  )
}

/** What people looked for and did not find: what to write next. */
export const Gaps = () => {
  const t = useSay()
  const [state, setState] = useState<State>('open')
  const [dismissing, setDismissing] = useState<Gap | null>(null)
  const list = usePages(gaps.gaps, { state, limit: 50 })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('gaps.title')} lead={t('gaps.lead')}>
        <Button variant="default" component={Link} to="/knowledge">
          {t('articles.back')}
        </Button>
      </PageHeader>
      <SegmentedControl
        aria-label={t('gaps.state')}
        data={states.map(value => ({ value, label: t(`gaps.state.${value}`) }))}
        value={state}
        onChange={value => setState(states.find(one => one === value) ?? 'open')}
        mb={14}
      />
      <RecordList
        of={{ ...list, items: list.isPending ? undefined : list.items }}
        height={56}
        none={
          <EmptyState
            icon={<IconZoomCheck size={34} stroke={1.2} />}
            title={t(`gaps.none.${state}`)}
            text={t('gaps.noneText')}
          />
        }
      >
        {gap => <Row key={gap.id} gap={gap} dismiss={() => setDismissing(gap)} />}
      </RecordList>
      {dismissing && <DismissDialog gap={dismissing} close={() => setDismissing(null)} />}
    </div>
  )
}
