import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type PersonLine, people } from '../contract.ts'
import { detect } from './detect.ts'

/** Somebody known, or what is known of somebody new. */
export type Whom = { personId: number } | { name?: string; email?: string; phone?: string; card?: string }
export type ChosenPerson = { label: string; requester: Whom }
type Props = {
  ref?: Ref<HTMLInputElement>
  value: ChosenPerson | null
  onChange: (value: ChosenPerson | null) => void
  error: ReactNode
}

const PersonOption = ({ person }: { person: PersonLine }) => {
  const t = useSay()
  const facts = [person.contact, person.internal ? t('person.colleague') : person.typeName, ...person.groups]
    .filter(Boolean)
    .join(' · ')
  return (
    <span className="rp-pick-option">
      <Avatar name={person.name} size={26} />
      <span className="rp-grow">
        <span className="rp-truncate" style={{ display: 'block', fontWeight: 550 }}>
          {person.name}
        </span>
        <span className="rp-dim rp-small rp-truncate" style={{ display: 'block' }}>
          {facts}
        </span>
      </span>
    </span>
  )
}

const useFound = (text: string, chosen: boolean) => {
  const [q] = useDebouncedValue(text.trim(), 120)
  return (
    useCall(people.find, { q, limit: 6 }, { enabled: q.length > 1 && !chosen, placeholderData: keepPreviousData }).data
      ?.items ?? []
  )
}

/**
 * Finds somebody while one types a name, e-mail, telephone or card number, and takes what was typed as somebody new.
 * Enter takes the marked line, so that a contact can be logged without a mouse; leaving the field keeps what was typed.
 */
export const PersonField = ({ ref, value, onChange, error }: Props) => {
  const t = useSay()
  const [text, setText] = useState(value?.label ?? '')
  const known = value !== null && 'personId' in value.requester
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const found = useFound(text, known)
  const fresh = text.trim() === '' ? null : detect(text)
  const firstId = found[0]?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: marks the first line anew whenever other people are found
  useEffect(() => {
    if (combobox.dropdownOpened && firstId !== undefined) combobox.selectFirstOption()
  }, [firstId, text])
  useEffect(() => {
    if (value === null) setText('')
  }, [value])
  const type = (next: string) => {
    setText(next)
    // Until somebody is chosen, what is typed stands for somebody new.
    onChange(next.trim() === '' ? null : { label: next, requester: detect(next).requester })
    if (next.trim() === '') combobox.closeDropdown()
    else combobox.openDropdown()
  }
  const submit = (picked: string) => {
    const person = found.find(item => String(item.id) === picked)
    if (person) {
      setText(person.name)
      onChange({ label: person.name, requester: { personId: person.id } })
    }
    combobox.closeDropdown()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) event.preventDefault()
    if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit} shadow="md" withinPortal={false}>
      <Combobox.Target>
        <TextInput
          ref={ref}
          label={t('personField.label')}
          placeholder={t('personField.placeholder')}
          description={
            value === null
              ? t('personField.hint')
              : known
                ? t('personField.known')
                : (fresh && t(`personField.new.${fresh.kind}`)) || ''
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={text}
          onChange={event => type(event.currentTarget.value)}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={press}
          error={error}
          autoComplete="off"
          data-autofocus
          rightSection={
            text !== '' && (
              <button
                type="button"
                className="rp-plain-button"
                tabIndex={-1}
                aria-label={t('personField.clear')}
                onClick={() => onChange(null)}
              >
                <IconX size={15} />
              </button>
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={known || (found.length === 0 && !fresh)}>
        <Combobox.Options aria-label={t('personField.label')}>
          {found.map(person => (
            <Combobox.Option key={person.id} value={String(person.id)}>
              <PersonOption person={person} />
            </Combobox.Option>
          ))}
          {fresh && (
            <Combobox.Option value="new">
              <span className="rp-pick-option">
                <IconUserPlus size={18} stroke={1.6} aria-hidden />
                {t(`personField.add.${fresh.kind}`, { text: text.trim() })}
              </span>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
