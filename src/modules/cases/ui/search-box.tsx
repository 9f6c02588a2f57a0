import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconClock, IconFilter, IconSearch, IconUser } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { searching } from '../contract-search.ts'
import { useSearched } from './searched.ts'

type Offer = { key: string; kind: 'field' | 'value' | 'person' | 'recent'; text: string; q: string; id: number | null }

/** How what is typed may go on, and before anything is typed what was searched for lately. */
const useOffers = (typed: string, recent: readonly string[]): Offer[] => {
  const [q] = useDebouncedValue(typed, 120)
  const found = useCall(searching.suggest, { q }, { enabled: q.trim() !== '', placeholderData: keepPreviousData })
  if (typed.trim() === '')
    return recent.map(text => ({ key: `recent ${text}`, kind: 'recent', text, q: text, id: null }))
  return (found.data?.items ?? []).map(item => ({ ...item, key: `${item.kind} ${item.q} ${item.id ?? ''}` }))
}

const icons = { field: IconFilter, value: IconFilter, person: IconUser, recent: IconClock }

const Offered = ({ offer }: { offer: Offer }) => {
  const t = useSay()
  const Icon = icons[offer.kind]
  return (
    <span className="rp-offer">
      <Icon size={15} stroke={1.6} aria-hidden />
      <span className="rp-truncate">{offer.kind === 'field' ? `${offer.text}:` : offer.text}</span>
      <span className="rp-grow" />
      {offer.kind !== 'value' && <span className="rp-dim rp-small">{t(`search.suggest.${offer.kind}`)}</span>}
      {offer.kind === 'value' && <span className="rp-dim rp-small">{sayOr(`status.${offer.text}`, '')}</span>}
    </span>
  )
}

/** The one line in which a search is written, with what may come next. */
export const SearchBox = ({ q, search }: { q: string; search: (q: string) => void }) => {
  const t = useSay()
  const go = useNavigate()
  const [typed, setTyped] = useState(q)
  const { list, remember, forget } = useSearched()
  const offers = useOffers(typed, list)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  useEffect(() => setTyped(q), [q])
  const submit = (text: string) => {
    combobox.closeDropdown()
    remember(text.trim())
    search(text.trim())
  }
  const take = (key: string) => {
    const offer = offers.find(one => one.key === key)
    if (!offer) return
    if (offer.kind === 'person' && offer.id) return void go(`/people/${offer.id}`)
    setTyped(offer.q)
    if (offer.kind === 'recent' || offer.kind === 'value') submit(offer.q)
  }
  return (
    <Combobox store={combobox} onOptionSubmit={take} shadow="md" withinPortal={false}>
      <form
        onSubmit={event => {
          event.preventDefault()
          submit(typed)
        }}
      >
        <Combobox.Target>
          <TextInput
            size="md"
            aria-label={t('search.box')}
            description={t('search.hint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={t('search.placeholder')}
            leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
            value={typed}
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            onChange={event => {
              setTyped(event.currentTarget.value)
              combobox.openDropdown()
              combobox.resetSelectedOption()
            }}
            onFocus={() => typed === '' && list.length > 0 && combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
      </form>
      <Combobox.Dropdown hidden={offers.length === 0}>
        <Combobox.Options aria-label={t('search.box')}>
          {offers.map(offer => (
            <Combobox.Option key={offer.key} value={offer.key}>
              <Offered offer={offer} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {typed.trim() === '' && offers.length > 0 && (
          <Combobox.Footer>
            <button
              type="button"
              className="rp-link rp-small"
              onMouseDown={event => event.preventDefault()}
              onClick={() => {
                forget()
                combobox.closeDropdown()
              }}
            >
              {t('search.forget')}
            </button>
          </Combobox.Footer>
        )}
      </Combobox.Dropdown>
    </Combobox>
  )
}
