import { Menu } from '@mantine/core'
import {
  IconAdjustmentsHorizontal,
  IconAlarm,
  IconArrowUpRight,
  IconBook2,
  IconCalendarWeek,
  IconDots,
  IconInbox,
  IconLogout,
  IconMessageReport,
  IconPackageImport,
  IconPackages,
  IconPencilPlus,
  IconReceipt,
  IconSearch,
  IconUserCheck,
  IconUserCog,
  IconUsers,
} from '@tabler/icons-react'
import { Link, NavLink } from 'react-router'
import { signOut } from '../../modules/identity/ui/index.ts'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { useShell } from './actions.ts'
import { SchemeChoice } from './scheme-choice.tsx'

const More = () => {
  const t = useSay()
  const may = useMay()
  return (
    <Menu position="top-end" width={230}>
      <Menu.Target>
        <button type="button">
          <IconDots size={20} stroke={1.6} aria-hidden />
          {t('shell.more')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('case.read') && (
          <Menu.Item component={Link} to="/complaints" leftSection={<IconMessageReport size={16} stroke={1.7} />}>
            {t('nav.complaints')}
          </Menu.Item>
        )}
        {may('case.handle') && (
          <Menu.Item component={Link} to="/referrals" leftSection={<IconArrowUpRight size={16} stroke={1.7} />}>
            {t('nav.referrals')}
          </Menu.Item>
        )}
        {may('case.read') && (
          <Menu.Item component={Link} to="/diary" leftSection={<IconCalendarWeek size={16} stroke={1.7} />}>
            {t('nav.diary')}
          </Menu.Item>
        )}
        {may('case.read') && (
          <Menu.Item component={Link} to="/promises" leftSection={<IconAlarm size={16} stroke={1.7} />}>
            {t('nav.promises')}
          </Menu.Item>
        )}
        {may('case.assign') && (
          <Menu.Item component={Link} to="/cover" leftSection={<IconUserCheck size={16} stroke={1.7} />}>
            {t('nav.cover')}
          </Menu.Item>
        )}
        {may('catalogue.read') && (
          <Menu.Item component={Link} to="/catalogue" leftSection={<IconPackages size={16} stroke={1.7} />}>
            {t('nav.catalogue')}
          </Menu.Item>
        )}
        {may('purchase.read') && (
          <Menu.Item component={Link} to="/purchases" leftSection={<IconReceipt size={16} stroke={1.7} />}>
            {t('nav.purchases')}
          </Menu.Item>
        )}
        {may('return.handle') && (
          <Menu.Item component={Link} to="/returns" leftSection={<IconPackageImport size={16} stroke={1.7} />}>
            {t('nav.returns')}
          </Menu.Item>
        )}
        {may('knowledge.read') && (
          <Menu.Item component={Link} to="/knowledge" leftSection={<IconBook2 size={16} stroke={1.7} />}>
            {t('nav.knowledge')}
          </Menu.Item>
        )}
        <Menu.Item
          component={Link}
          to="/organisation"
          leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.7} />}
        >
          {t('nav.settings')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} stroke={1.7} />}>
          {t('account.title')}
        </Menu.Item>
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()} leftSection={<IconLogout size={16} stroke={1.7} />}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** On a telephone the navigation is under the thumb. */
export const BottomBar = () => {
  const t = useSay()
  const may = useMay()
  const { search, logContact } = useShell()
  return (
    <nav className="rp-bottom" aria-label={t('shell.navigation')}>
      {may('case.read') && (
        <NavLink to="/queue">
          <IconInbox size={20} stroke={1.6} aria-hidden />
          {t('nav.queue')}
        </NavLink>
      )}
      {may('person.read') && (
        <NavLink to="/people">
          <IconUsers size={20} stroke={1.6} aria-hidden />
          {t('nav.people')}
        </NavLink>
      )}
      {may('case.open') && (
        <button type="button" onClick={logContact} className="rp-bottom-log">
          <IconPencilPlus size={20} stroke={1.6} aria-hidden />
          {t('shell.logShort')}
        </button>
      )}
      <button type="button" onClick={search}>
        <IconSearch size={20} stroke={1.6} aria-hidden />
        {t('shell.searchShort')}
      </button>
      <More />
    </nav>
  )
}
