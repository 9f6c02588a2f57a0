import { Select } from '@mantine/core'
import { Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { organisationPages } from './pages.ts'

const groups = ['settings.us', 'settings.mail', 'settings.cases', 'settings.system'] as const

const usePages = () => {
  const may = useMay()
  return organisationPages.filter(page => !page.permission || may(page.permission))
}

export const OrganisationIndex = () => <Navigate to={`/organisation/${usePages()[0]?.path ?? 'general'}`} replace />

/** Settings: their list at the left, or as one choice on a narrow screen. */
export const OrganisationLayout = () => {
  const t = useSay()
  const go = useNavigate()
  const { pathname } = useLocation()
  const pages = usePages()
  const current = pathname.split('/')[2] ?? null
  return (
    <div className="rp-settings">
      <nav className="rp-settings-nav" aria-label={t('nav.settings')}>
        {groups.map(group => {
          const inGroup = pages.filter(page => page.group === group)
          if (inGroup.length === 0) return null
          return (
            <div key={group}>
              <p className="rp-nav-group">{t(group)}</p>
              {inGroup.map(page => (
                <NavLink
                  key={page.path}
                  to={`/organisation/${page.path}`}
                  className={({ isActive }) => `rp-nav-item${isActive ? ' rp-active' : ''}`}
                >
                  {t(page.label)}
                </NavLink>
              ))}
            </div>
          )
        })}
      </nav>
      <div className="rp-settings-choice">
        <Select
          aria-label={t('nav.settings')}
          data={groups.map(group => ({
            group: t(group),
            items: pages.filter(page => page.group === group).map(page => ({ value: page.path, label: t(page.label) })),
          }))}
          value={current}
          onChange={path => path && void go(`/organisation/${path}`)}
          allowDeselect={false}
        />
      </div>
      <div className="rp-settings-page">
        <Outlet />
      </div>
    </div>
  )
}
