import { Combobox, type ComboboxStore, useCombobox } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useSay } from '../language/index.ts'

export type Choice = { value: string; label: string; icon?: ReactNode }
type Props = {
  /** What is chosen here, such as "Team". */
  label: string
  value: string | null
  choices: Choice[]
  onPick: (value: string) => void
  disabled?: boolean
  /** Named so that a shortcut can find and open it. */
  name?: string
  icon?: ReactNode
  empty?: string
}

/**
 * Marks what Enter would take: what holds now, or the first that fits what was typed. It stands after the options and comes
 * with them, so that they are there when it looks, however quickly the next key follows.
 */
const Marked = ({ store, search }: { store: ComboboxStore; search: string }) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the store is made anew each time and never changes its means
  useEffect(() => {
    if (search.trim() === '') store.selectActiveOption()
    else store.selectFirstOption()
  }, [search])
  return null
}

/** A property that is shown as plain text and changed by choosing; long lists can be searched. */
export const Pick = ({ label, value, choices, onPick, disabled, name, icon, empty }: Props) => {
  const t = useSay()
  const [search, setSearch] = useState('')
  const searchable = choices.length > 7
  const combobox = useCombobox({
    onDropdownClose: () => {
      setSearch('')
      combobox.resetSelectedOption()
    },
    onDropdownOpen: () => {
      if (searchable) combobox.focusSearchInput()
    },
  })
  const chosen = choices.find(choice => choice.value === value)
  const shown = choices.filter(choice => choice.label.toLowerCase().includes(search.trim().toLowerCase()))
  const submit = (picked: string) => {
    combobox.closeDropdown()
    combobox.focusTarget()
    if (picked !== value) onPick(picked)
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={submit}
      width={230}
      position="bottom-start"
      shadow="md"
      keepMounted={false}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className="rp-pick"
          disabled={disabled}
          data-name={name}
          data-empty={!chosen || undefined}
          aria-label={`${label}: ${chosen?.label ?? empty ?? t('words.none')}`}
          title={label}
          onClick={() => combobox.toggleDropdown()}
        >
          {chosen?.icon ?? icon}
          <span className="rp-truncate">{chosen?.label ?? empty ?? label}</span>
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {searchable && (
          <Combobox.Search
            value={search}
            onChange={event => setSearch(event.currentTarget.value)}
            placeholder={label}
            aria-label={label}
          />
        )}
        <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={label}>
          {shown.map(choice => (
            <Combobox.Option key={choice.value} value={choice.value} active={choice.value === value}>
              <span className="rp-pick-option">
                {choice.icon}
                <span className="rp-grow">{choice.label}</span>
                {choice.value === value && <IconCheck size={14} aria-hidden />}
              </span>
            </Combobox.Option>
          ))}
          {shown.length === 0 && <Combobox.Empty>{t('pick.none')}</Combobox.Empty>}
        </Combobox.Options>
        <Marked store={combobox} search={search} />
      </Combobox.Dropdown>
    </Combobox>
  )
}
