import { IconPencilPlus, IconSearch } from '@tabler/icons-react'
import { KeyHint } from '../kit/kbd.tsx'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { useShell } from './actions.ts'

/** What one begins with: looking for something, and noting that somebody is there. */
export const RailTools = () => {
  const t = useSay()
  const { search, logContact } = useShell()
  const may = useMay()
  return (
    <div className="rp-rail-tools">
      <button
        type="button"
        className="rp-search-box"
        onClick={search}
        aria-label={t('shell.search')}
        title={t('shell.search')}
      >
        <IconSearch size={16} stroke={1.8} aria-hidden />
        <span className="rp-nav-label">{t('shell.search')}</span>
        <KeyHint of="search" />
      </button>
      {may('case.open') && (
        <button
          type="button"
          className="rp-log-button"
          onClick={logContact}
          aria-label={t('shell.log')}
          title={t('shell.log')}
        >
          <IconPencilPlus size={16} stroke={1.8} aria-hidden />
          <span className="rp-nav-label">{t('shell.log')}</span>
          <KeyHint of="log" />
        </button>
      )}
    </div>
  )
}
