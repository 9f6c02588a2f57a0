import { NavLink } from 'react-router'
import { useSay } from '../../../ui/language/index.ts'
import { builtIn, useCounts, useViews } from './views.ts'

/** The views under "Queue" in the navigation, with how many cases each holds. */
export const QueueNav = () => {
  const t = useSay()
  const views = useViews()
  const countOf = useCounts()
  const link = (key: string, name: string, count: string) => (
    <NavLink
      key={key}
      to={key === 'waiting' ? '/queue' : `/queue/${key}`}
      end
      className={({ isActive }) => `rp-nav-item${isActive ? ' rp-active' : ''}`}
    >
      <span className="rp-truncate">{name}</span>
      {count && (
        <span className="rp-nav-count">
          {count}
          <span className="rp-hidden"> {t('queue.casesWord')}</span>
        </span>
      )}
    </NavLink>
  )
  return (
    <div className="rp-nav-views">
      {builtIn.map(view => link(view.key, t(`queue.${view.key}`), countOf(view.key)))}
      {views.data?.items.map(view => link(String(view.id), view.name, countOf(view.id)))}
    </div>
  )
}
