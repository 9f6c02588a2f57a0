import { IconAdjustmentsHorizontal, IconInbox, IconPencilPlus, IconSearch, IconUsers } from '@tabler/icons-react'
import { NavLink } from 'react-router'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { useShell } from './actions.ts'

/** On a telephone the navigation is under the thumb. */
export const BottomBar = () => {
  const t = useSay()
  const may = useMay()
  const { search, logContact } = useShell()
  return (
    <nav className="rp-bottom" aria-label={t('shell.navigation')}>
      <NavLink to="/queue">
        <IconInbox size={20} stroke={1.6} aria-hidden />
        {t('nav.queue')}
      </NavLink>
      <NavLink to="/people">
        <IconUsers size={20} stroke={1.6} aria-hidden />
        {t('nav.people')}
      </NavLink>
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
      <NavLink to="/organisation">
        <IconAdjustmentsHorizontal size={20} stroke={1.6} aria-hidden />
        {t('nav.settings')}
      </NavLink>
    </nav>
  )
}
