import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import {
  IconCalendar,
  IconCheck,
  IconColumns3,
  IconLayoutKanban,
  IconList,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react'
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

const Chosen = ({ is }: { is: boolean }) => (is ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />)

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
          {layouts.map(layout => {
            const LayoutIcon = icons[layout]
            return (
              <Menu.Item
                key={layout}
                role="menuitemradio"
                aria-checked={layout === looks.layout}
                leftSection={<LayoutIcon size={16} />}
                rightSection={<Chosen is={layout === looks.layout} />}
                onClick={() => look({ layout })}
              >
                {t(`layout.${layout}`)}
              </Menu.Item>
            )
          })}
          {options.length > 0 && <Menu.Divider />}
          {options.length > 0 && (
            <Menu.Label>
              {t(looks.layout === 'board' ? 'board.by' : looks.layout === 'calendar' ? 'calendar.by' : 'looks.group')}
            </Menu.Label>
          )}
          {options.map(({ value, label }) => (
            <Menu.Item
              key={label}
              role="menuitemradio"
              aria-checked={value === group}
              rightSection={<Chosen is={value === group} />}
              onClick={() => look({ groupBy: value })}
            >
              {label}
            </Menu.Item>
          ))}
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
