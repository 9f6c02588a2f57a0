import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '../../../ui/commands/running.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Selection } from './selecting.ts'

const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }))

type Props = { selection: Selection; more: boolean; refresh: () => void }

/** What can be done with the rows that are chosen; it stands where the list's own tools are. */
export const BulkBar = ({ selection, more, refresh }: Props) => {
  const t = useSay()
  const [changing, setChanging] = useState(false)
  useCommands({ 'rows.change': () => setChanging(true) })
  return (
    <div className="rp-bulk-bar" role="toolbar" aria-label={t('bulk.title')}>
      <span role="status" className="rp-bulk-count">
        {selection.all ? t('bulk.allSelected') : t('bulk.selected', { count: selection.count })}
      </span>
      {!selection.all && (
        <Button size="compact-sm" variant="subtle" onClick={more ? selection.everything : selection.page}>
          {t(more ? 'bulk.everything' : 'bulk.page')}
        </Button>
      )}
      <span className="rp-grow" />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={selection.clear}>
        {t('bulk.clear')}
      </Button>
      <Button size="compact-sm" onClick={() => setChanging(true)}>
        {t('bulk.change')}
      </Button>
      <Suspense fallback={null}>
        {changing && (
          <BulkDialog
            selection={selection.selection}
            close={() => setChanging(false)}
            started={selection.clear}
            refresh={refresh}
          />
        )}
      </Suspense>
    </div>
  )
}
