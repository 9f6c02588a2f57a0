import { Menu } from '@mantine/core'
import { IconKeyboard, IconLogout, IconUserCog } from '@tabler/icons-react'
import { Link } from 'react-router'
import { signOut } from '../../modules/identity/ui/index.ts'
import { Avatar } from '../kit/avatar.tsx'
import { useSay } from '../language/index.ts'
import { useMe } from '../me.ts'
import { useShell } from './actions.ts'
import { SchemeChoice } from './scheme-choice.tsx'

export const AccountMenu = () => {
  const t = useSay()
  const me = useMe()
  const { shortcuts } = useShell()
  return (
    <Menu position="top-start" width={250}>
      <Menu.Target>
        <button
          type="button"
          className="rp-account"
          aria-label={t('shell.account', { name: `${me.name} ${me.role.name}` })}
        >
          <Avatar name={me.name} size={28} />
          <span className="rp-nav-label rp-account-name">
            <span className="rp-truncate">{me.name}</span> <span className="rp-truncate rp-dim">{me.role.name}</span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconUserCog size={16} stroke={1.7} />}>
          {t('account.title')}
        </Menu.Item>
        <Menu.Item onClick={shortcuts} leftSection={<IconKeyboard size={16} stroke={1.7} />}>
          {t('shortcuts.title')}
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
