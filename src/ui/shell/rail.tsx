import {
  IconAdjustmentsHorizontal,
  IconAlarm,
  IconArrowUpRight,
  IconBell,
  IconBook2,
  IconBuildingStore,
  IconCalendarWeek,
  IconInbox,
  IconMessageQuestion,
  IconMessageReport,
  IconPackageImport,
  IconPackages,
  IconReceipt,
  IconSunHigh,
  IconUserCheck,
  IconUsers,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { NavLink, useLocation } from 'react-router'
import { QueueNav } from '../../modules/cases/ui/index.ts'
import { useNotified, useReadOnOpen, useUnread } from '../../modules/notifications/ui/index.ts'
import { useSay } from '../language/index.ts'
import { useMay, useMe } from '../me.ts'
import { AccountMenu } from './account-menu.tsx'
import { Mark } from './mark.tsx'
import { RailTools } from './rail-tools.tsx'

type ItemProps = { to: string; icon: ReactNode; label: string; active?: boolean; parent?: boolean; count?: string }

const Item = ({ to, icon, label, active, parent, count }: ItemProps) => (
  <NavLink
    to={to}
    className={({ isActive }) => `rp-nav-item${(active ?? isActive) ? ' rp-active' : ''}${parent ? ' rp-parent' : ''}`}
    title={label}
  >
    {icon}
    <span className="rp-nav-label">{label}</span>
    {count && <span className="rp-nav-count">{count}</span>}
  </NavLink>
)

/** The loop is the navigation. Listen, measure, improve and keep take their places between serve and organisation. */
export const Rail = () => {
  const t = useSay()
  const me = useMe()
  const may = useMay()
  const { pathname } = useLocation()
  const unread = useUnread()
  useNotified()
  useReadOnOpen()
  return (
    <nav className="rp-rail" aria-label={t('shell.navigation')}>
      <div className="rp-brand">
        <Mark size={26} />
        <span className="rp-nav-label rp-truncate">{me.organisation.name}</span>
      </div>
      <RailTools />
      <div className="rp-nav">
        <p className="rp-nav-group">{t('nav.serve')}</p>
        {may('case.read') && (
          <>
            <Item to="/day" icon={<IconSunHigh size={17} stroke={1.7} aria-hidden />} label={t('nav.day')} />
            <Item
              to="/queue"
              icon={<IconInbox size={17} stroke={1.7} aria-hidden />}
              label={t('nav.queue')}
              active={pathname.startsWith('/queue')}
              parent
            />
            <QueueNav />
          </>
        )}
        {may('case.read') && (
          <Item to="/diary" icon={<IconCalendarWeek size={17} stroke={1.7} aria-hidden />} label={t('nav.diary')} />
        )}
        {may('case.read') && (
          <Item to="/promises" icon={<IconAlarm size={17} stroke={1.7} aria-hidden />} label={t('nav.promises')} />
        )}
        {may('case.open') && (
          <Item
            to="/counter"
            icon={<IconBuildingStore size={17} stroke={1.7} aria-hidden />}
            label={t('counter.title')}
          />
        )}
        {may('case.handle') && (
          <Item
            to="/referrals"
            icon={<IconArrowUpRight size={17} stroke={1.7} aria-hidden />}
            label={t('nav.referrals')}
          />
        )}
        {may('case.read') && (
          <Item
            to="/complaints"
            icon={<IconMessageReport size={17} stroke={1.7} aria-hidden />}
            label={t('nav.complaints')}
          />
        )}
        {may('case.assign') && (
          <Item to="/cover" icon={<IconUserCheck size={17} stroke={1.7} aria-hidden />} label={t('nav.cover')} />
        )}
        {may('person.read') && (
          <Item to="/people" icon={<IconUsers size={17} stroke={1.7} aria-hidden />} label={t('nav.people')} />
        )}
        {may('catalogue.read') && (
          <Item to="/catalogue" icon={<IconPackages size={17} stroke={1.7} aria-hidden />} label={t('nav.catalogue')} />
        )}
        {may('purchase.read') && (
          <Item to="/purchases" icon={<IconReceipt size={17} stroke={1.7} aria-hidden />} label={t('nav.purchases')} />
        )}
        {may('return.handle') && (
          <Item
            to="/returns"
            icon={<IconPackageImport size={17} stroke={1.7} aria-hidden />}
            label={t('nav.returns')}
          />
        )}
        {may('knowledge.read') && (
          <Item to="/knowledge" icon={<IconBook2 size={17} stroke={1.7} aria-hidden />} label={t('nav.knowledge')} />
        )}
        <Item
          to="/notifications"
          icon={<IconBell size={17} stroke={1.7} aria-hidden />}
          label={t('nav.notifications')}
          count={unread}
        />
        <Item
          to="/requests"
          icon={<IconMessageQuestion size={17} stroke={1.7} aria-hidden />}
          label={t('nav.requests')}
        />
        <p className="rp-nav-group">{t('nav.organisation')}</p>
        <Item
          to="/organisation"
          icon={<IconAdjustmentsHorizontal size={17} stroke={1.7} aria-hidden />}
          label={t('nav.settings')}
        />
      </div>
      <AccountMenu />
    </nav>
  )
}
