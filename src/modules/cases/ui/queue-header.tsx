import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDots, IconLayoutSidebarLeftCollapse, IconPlayerTrackNext } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { useSay } from '../../../ui/language/index.ts'
import { LayoutMenu } from './layout-menu.tsx'
import { useLooks } from './looks.ts'
import type { ViewDialogs } from './view-actions.tsx'
import { builtIn, useCounts, type useCurrentView, useViews } from './views.ts'

const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }))

const ViewActions = lazy(async () => ({ default: (await import('./view-actions.tsx')).ViewActions }))
const ViewOrder = lazy(async () => ({ default: (await import('./view-order.tsx')).ViewOrder }))

type View = ReturnType<typeof useCurrentView>
type Props = {
  view: View
  list: { items: unknown[]; hasNextPage: boolean }
  news: number
  refresh: () => void
  /** Hands out the next case; null for those who only read. */
  next: (() => void) | null
  layout: 'split' | 'full'
  turn: () => void
}

/** The same views as in the navigation, for screens where it has no room. */
export const ViewChoice = ({ view }: { view: View }) => {
  const t = useSay()
  const views = useViews()
  const countOf = useCounts()
  const count = (key: number | string) => <span className="rp-nav-count">{countOf(key)}</span>
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button type="button" className="rp-queue-title" aria-label={t('queue.choose', { name: view.title })}>
          <span className="rp-truncate">{view.title}</span>
          <IconChevronDown size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {builtIn.map(item => (
          <Menu.Item key={item.key} component={Link} to={`/queue/${item.key}`} rightSection={count(item.key)}>
            {t(`queue.${item.key}`)}
          </Menu.Item>
        ))}
        {(views.data?.items.length ?? 0) > 0 && <Menu.Divider />}
        {views.data?.items.map(item => (
          <Menu.Item key={item.id} component={Link} to={`/queue/${item.id}`} rightSection={count(item.id)}>
            {item.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** What one can do with the view itself, and the dialogues behind it. */
export const ViewMenu = ({ view, refresh }: { view: View; refresh: () => void }) => {
  const t = useSay()
  const { looks } = useLooks(view)
  const [dialog, setDialog] = useState<ViewDialogs | null>(null)
  const close = () => setDialog(null)
  const shared = { close, conditions: view.conditions, sort: looks.sort, looks }
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="subtle" color="gray" size="compact-md" px={6} aria-label={t('queue.more')}>
            <IconDots size={17} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense fallback={null}>
            <ViewActions view={view} refresh={refresh} show={setDialog} />
          </Suspense>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === 'fresh' && <ViewDialog {...shared} />}
        {dialog === 'copy' && <ViewDialog {...shared} name={t('view.copyOf', { name: view.title })} />}
        {dialog === 'edit' && view.saved && <ViewDialog {...shared} view={view.saved} />}
        {dialog === 'order' && <ViewOrder close={close} />}
      </Suspense>
    </>
  )
}

export const QueueHeader = ({ view, list, news, refresh, next, layout, turn }: Props) => {
  const t = useSay()
  const count = list.items.length
  return (
    <div className="rp-queue-head">
      <div className="rp-queue-bar">
        <ViewChoice view={view} />
        <span className="rp-dim rp-small rp-number rp-grow rp-queue-count">
          {count > 0 && `${count}${list.hasNextPage ? '+' : ''}`}
        </span>
        <LayoutMenu view={view} />
        <ViewMenu view={view} refresh={refresh} />
        <ActionIcon
          variant="subtle"
          color="gray"
          className="rp-queue-layout"
          aria-pressed={layout === 'full'}
          aria-label={t('queue.full')}
          title={t('queue.full')}
          onClick={turn}
        >
          <IconLayoutSidebarLeftCollapse size={17} stroke={1.7} />
        </ActionIcon>
        {next && (
          <Button
            size="compact-md"
            variant="default"
            className="rp-queue-next"
            title={t('queue.next')}
            leftSection={<IconPlayerTrackNext size={15} />}
            onClick={next}
          >
            {t('queue.next')}
          </Button>
        )}
      </div>
      <div role="status" aria-live="polite">
        {news > 0 && (
          <button type="button" className="rp-news" onClick={refresh}>
            {t('queue.news', { count: news })}
          </button>
        )}
      </div>
    </div>
  )
}
