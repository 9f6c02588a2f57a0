import './promises.css'
import { Button, Checkbox, NativeSelect, SegmentedControl } from '@mantine/core'
import { IconAlarm } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { promiseKinds } from '../../promises/contract.ts'
import { promising } from '../contract-promises.ts'
import { Outcome, usePromised } from './promise-line.tsx'

const states = ['open', 'late', 'paused', 'ended'] as const
const whose = ['me', 'team', 'all'] as const
type State = (typeof states)[number]
type Whose = (typeof whose)[number]
type Listed = ReturnType<typeof usePages<typeof promising.promises>>['items'][number]

/** The filters stand in the address, so that a list can be sent to a colleague. */
const useFilters = () => {
  const [params, setParams] = useSearchParams()
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true })
  }
  const one = <T extends string>(name: string, of: readonly T[], usual: T): T =>
    of.find(value => value === params.get(name)) ?? usual
  return {
    state: one<State>('state', states, 'open'),
    of: one<Whose>('of', whose, 'me'),
    kind: promiseKinds.find(kind => kind === params.get('kind')),
    byHand: params.get('byHand') === 'true',
    set,
  }
}

const Row = ({ promise }: { promise: Listed }) => {
  const t = useSay()
  const what = usePromised()(promise)
  return (
    <li key={promise.id}>
      <Link to={`/cases/${promise.case.id}`} className="rp-row-link rp-promise-row">
        <span className="rp-truncate">
          <strong dir="auto">{what}</strong>{' '}
          <span className="rp-dim">
            {promise.title && `${t(`promise.kind.${promise.kind}`)} · `}
            {promise.requester.name}
          </span>
        </span>
        <Outcome promise={promise} />
        <span className="rp-dim rp-small rp-truncate">
          #{promise.case.number} {promise.case.subject}
          {promise.by && ` · ${t('case.promise.by', { name: promise.by.name })}`}
        </span>
        <span className="rp-dim rp-small">
          {promise.outcome === 'late' && promise.reason
            ? t(`promise.reason.${promise.reason}`)
            : promise.dueAt && <time dateTime={promise.dueAt}>{atTime(promise.dueAt)}</time>}
        </span>
      </Link>
    </li>
  )
}

/** What was promised to customers, in the order it falls due. */
export const PromisesPage = () => {
  const t = useSay()
  const { state, of, kind, byHand, set } = useFilters()
  const list = usePages(
    promising.promises,
    { state, of, ...(kind ? { kind } : {}), ...(byHand ? { byHand: 'true' as const } : {}) },
    { refetchInterval: 60_000, refetchOnMount: 'always', keep: true },
  )
  return (
    <div className="rp-page">
      <PageHeader title={t('promises.title')} lead={t('promises.lead')}>
        <Button component={Link} to="/deliveries" variant="default">
          {t('deliveries.title')}
        </Button>
      </PageHeader>
      <div className="rp-promise-filters">
        <SegmentedControl
          aria-label={t('promises.state')}
          data={states.map(value => ({ value, label: t(`promises.${value}`) }))}
          value={state}
          onChange={value => set('state', value)}
        />
        <NativeSelect
          label={t('promises.whose')}
          data={whose.map(value => ({ value, label: t(`promises.${value}`) }))}
          value={of}
          onChange={event => set('of', event.currentTarget.value)}
        />
        <NativeSelect
          label={t('promises.kind')}
          data={[
            { value: '', label: t('promises.kindAll') },
            ...promiseKinds.map(value => ({ value, label: t(`promise.kind.${value}`) })),
          ]}
          value={kind ?? ''}
          onChange={event => set('kind', event.currentTarget.value)}
        />
        <Checkbox
          label={t('promises.byHand')}
          checked={byHand}
          onChange={event => set('byHand', event.currentTarget.checked ? 'true' : '')}
        />
      </div>
      <RecordList
        of={list}
        height={56}
        none={
          <EmptyState
            icon={<IconAlarm size={34} stroke={1.2} />}
            title={t(`promises.none.${state}`)}
            text={t(`promises.none.${state}Text`)}
          />
        }
      >
        {promise => <Row key={promise.id} promise={promise} />}
      </RecordList>
    </div>
  )
}
