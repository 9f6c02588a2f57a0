import { Menu } from '@mantine/core'
import { IconArrowsSort, IconCopy, IconFilterPlus, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases } from '../contract.ts'
import type { useCurrentView } from './views.ts'

export type ViewDialogs = 'fresh' | 'edit' | 'copy' | 'order'
type Props = { view: ReturnType<typeof useCurrentView>; refresh: () => void; show: (dialog: ViewDialogs) => void }

/** What one can do with the view itself. */
export const ViewActions = ({ view, refresh, show }: Props) => {
  const t = useSay()
  const go = useNavigate()
  const may = useMay()
  const remove = useAct(cases.removeView, { refresh: [cases.views, cases.counts], done: () => go('/queue') })
  return (
    <>
      <Menu.Item leftSection={<IconRefresh size={16} />} rightSection={<KeyHint of="list.refresh" />} onClick={refresh}>
        {t('queue.refresh')}
      </Menu.Item>
      <Menu.Item leftSection={<IconFilterPlus size={16} />} onClick={() => show('fresh')}>
        {t('view.saveAs')}
      </Menu.Item>
      {view.saved && (
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => show('copy')}>
          {t('view.duplicate')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconArrowsSort size={16} />} onClick={() => show('order')}>
        {t('view.reorder')}
      </Menu.Item>
      {view.saved && (view.saved.mine || may('view.share')) && (
        <>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => show('edit')}>
            {t('view.edit')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} />}
            onClick={() => view.saved && remove.mutate({ id: view.saved.id })}
          >
            {t('view.remove')}
          </Menu.Item>
        </>
      )}
    </>
  )
}
