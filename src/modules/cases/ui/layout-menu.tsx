import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconCalendar, IconColumns3, IconLayoutKanban, IconList, IconTable, type TablerIcon } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { calendarKeys, groupKeys, type Layout, layouts } from '../view-shapes.ts'
import { useFields } from './conditions.ts'
import { useLooks } from './looks.ts'
import type { useCurrentView } from './views.ts'

const ColumnsDialog = lazy(async () => ({ default: (await import('./columns-dialog.tsx')).ColumnsDialog }))

const icons: Record<Layout, TablerIcon> = {
  list: IconList,
  table: IconTable,
  board: IconLayoutKanban,
  calendar: IconCalendar,
}

type Option = { value: string | null; label: string }

/** What a layout can be grouped by, or go by. */
const useOptions = (layout: Layout): Option[] => {
  const t = useSay()
  const fields = useFields()
  const own = (type: string) =>
    fields
      .filter(field => field.key.startsWith('custom.') && field.type === type)
      .map(({ key, label }) => ({ value: key, label }))
  const named = (keys: readonly string[]) => keys.map(key => ({ value: key, label: sayOr(`field.${key}`, key) }))
  if (layout === 'calendar') return [...named(calendarKeys), ...own('date')]
  if (layout === 'board') return [...named(groupKeys.filter(key => key !== 'day')), ...own('choice')]
  if (layout !== 'table') return []
  const day = { value: 'day', label: t('group.day') }
  return [
    { value: null, label: t('looks.ungrouped') },
    ...named(groupKeys.filter(key => key !== 'day')),
    day,
    ...own('choice'),
  ]
}

/** What a layout goes by where nothing fitting was chosen. */
export const groupOr = (layout: Layout, groupBy: string | null): string | null => {
  const forCalendar =
    groupBy !== null && (groupBy.startsWith('custom.') || (calendarKeys as readonly string[]).includes(groupBy))
  if (layout === 'calendar') return forCalendar ? groupBy : 'openedAt'
  const forGroups = groupBy !== null && !(calendarKeys as readonly string[]).includes(groupBy)
  if (layout === 'board') return forGroups && groupBy !== 'day' ? groupBy : 'status'
  return forGroups ? groupBy : null
}

/** List, table, board or calendar, and what it goes by. */
export const LayoutMenu = ({ view }: { view: ReturnType<typeof useCurrentView> }) => {
  const t = useSay()
  const { looks, look } = useLooks(view)
  const options = useOptions(looks.layout)
  const [choosing, dialog] = useDisclosure()
  const Icon = icons[looks.layout]
  const group = groupOr(looks.layout, looks.groupBy)
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('layout.label', { layout: t(`layout.${looks.layout}`) })}
            title={t('layout.label', { layout: t(`layout.${looks.layout}`) })}
          >
            <Icon size={17} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup value={looks.layout} onChange={layout => look({ layout: layout as Layout })}>
            {layouts.map(layout => (
              <Menu.RadioItem key={layout} value={layout} closeMenuOnClick>
                {t(`layout.${layout}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          {options.length > 0 && (
            <>
              <Menu.Divider />
              <Menu.Label>
                {t(looks.layout === 'board' ? 'board.by' : looks.layout === 'calendar' ? 'calendar.by' : 'looks.group')}
              </Menu.Label>
              <Menu.RadioGroup value={group ?? ''} onChange={value => look({ groupBy: value || null })}>
                {options.map(({ value, label }) => (
                  <Menu.RadioItem key={label} value={value ?? ''} closeMenuOnClick>
                    {label}
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </>
          )}
          {looks.layout === 'table' && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconColumns3 size={16} />} onClick={dialog.open}>
                {t('looks.columns')}
              </Menu.Item>
            </>
          )}
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
