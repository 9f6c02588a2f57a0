import './conditions.css'
import { ActionIcon, Button, Select } from '@mantine/core'
import { IconParentheses, IconPlus, IconX } from '@tabler/icons-react'
import { caps } from '../../../shared/condition.ts'
import { useSay } from '../../../ui/language/index.ts'
import { ConditionRow } from './condition-row.tsx'
import { type FieldInfo, type Group, type Item, isGroup, newGroup, newRow } from './conditions.ts'

type Props = { group: Group; fields: FieldInfo[]; set: (group: Group) => void; remove?: () => void; depth?: number }

const modes = ['all', 'any', 'none'] as const

/** Part of the sentence in brackets: "all of this is so: …", with more such parts inside. */
export const ConditionGroup = ({ group, fields, set, remove, depth = 1 }: Props) => {
  const t = useSay()
  const change = (key: string, next: Item) =>
    set({ ...group, items: group.items.map(item => (item.key === key ? next : item)) })
  const without = (key: string) => set({ ...group, items: group.items.filter(item => item.key !== key) })
  const joint = (index: number) => (index === 0 ? '' : t(group.mode === 'all' ? 'view.and' : 'view.or'))
  return (
    <fieldset className="rp-sentence" data-depth={depth}>
      <legend>
        <span>{t(depth === 1 ? 'view.where' : 'view.whereInner')}</span>
        <Select
          size="xs"
          w={118}
          aria-label={t('view.mode')}
          data={modes.map(mode => ({ value: mode, label: t(`view.${mode}`) }))}
          value={group.mode}
          onChange={value => value && set({ ...group, mode: value })}
          allowDeselect={false}
        />
        <span>{t(group.mode === 'none' ? 'view.isSoNone' : 'view.isSo')}</span>
        {remove && (
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={remove} aria-label={t('view.removeGroup')}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </legend>
      {group.items.map((item, index) =>
        isGroup(item) ? (
          <div key={item.key} className="rp-condition-nested">
            <span className="rp-condition-joint">{joint(index)}</span>
            <ConditionGroup
              group={item}
              fields={fields}
              set={next => change(item.key, next)}
              remove={() => without(item.key)}
              depth={depth + 1}
            />
          </div>
        ) : (
          <ConditionRow
            key={item.key}
            row={item}
            fields={fields}
            joint={joint(index)}
            set={next => change(item.key, next)}
            remove={() => without(item.key)}
          />
        ),
      )}
      {group.items.length === 0 && <p className="rp-dim">{t('view.everything')}</p>}
      <div className="rp-actions">
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => set({ ...group, items: [...group.items, newRow(fields[0])] })}
        >
          {t('view.addRow')}
        </Button>
        {depth < caps.depth - 2 && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconParentheses size={14} />}
            onClick={() => set({ ...group, items: [...group.items, newGroup(fields[0])] })}
          >
            {t('view.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}
