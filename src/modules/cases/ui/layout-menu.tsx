import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconTable } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import { useLooks } from './looks.ts'
import type { useCurrentView } from './views.ts'

const LayoutChoices = lazy(async () => ({ default: (await import('./layout-choices.tsx')).LayoutChoices }))
const ColumnsDialog = lazy(async () => ({ default: (await import('./columns-dialog.tsx')).ColumnsDialog }))

/** List, table, board or calendar, and what it goes by. */
export const LayoutMenu = ({ view }: { view: ReturnType<typeof useCurrentView> }) => {
  const t = useSay()
  const { looks, look } = useLooks(view)
  const [choosing, dialog] = useDisclosure()
  const label = t('layout.label', { layout: t(`layout.${looks.layout}`) })
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={label} title={label}>
            <IconTable size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense fallback={null}>
            <LayoutChoices looks={looks} look={look} chooseColumns={dialog.open} />
          </Suspense>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {choosing && (
          <ColumnsDialog close={dialog.close} chosen={looks.columns} choose={columns => look({ columns })} />
        )}
      </Suspense>
    </>
  )
}
