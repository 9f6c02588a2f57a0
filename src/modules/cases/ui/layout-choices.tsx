import { Menu } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { calendarKeys, groupKeys, type Layout, layouts } from '../contract-shapes.ts'
import { useFields } from './conditions.ts'
import type { Looks } from './looks.ts'

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

type Props = { looks: Looks; look: (change: Partial<Looks>) => void; chooseColumns: () => void }

/** What the menu of layouts holds: they themselves, what one goes by, and the columns of a table. */
export const LayoutChoices = ({ looks, look, chooseColumns }: Props) => {
  const t = useSay()
  const options = useOptions(looks.layout)
  const group = groupOr(looks.layout, looks.groupBy)
  return (
    <>
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
          <Menu.Item leftSection={<IconColumns3 size={16} />} onClick={chooseColumns}>
            {t('looks.columns')}
          </Menu.Item>
        </>
      )}
    </>
  )
}
