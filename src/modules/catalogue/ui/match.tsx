import './catalogue.css'
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconListSearch } from '@tabler/icons-react'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { digitsOf, minorOf, symbolOf } from '../../../shared/money.ts'
import { useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Family, families, matching, type Want } from '../contract.ts'
import { MatchFound } from './match-found.tsx'
import { newWish, type Wish, WishRow } from './wish.tsx'

const slow = { staleTime: 5 * 60_000 }

const wantsOf = (wishes: readonly Wish[]): Want[] =>
  wishes.flatMap(({ key, op, value, must }) => (value === '' ? [] : [{ key, op, value, must }]))

const Wishes = ({ family, wishes, set }: { family: Family; wishes: Wish[]; set: (next: Wish[]) => void }) => {
  const t = useSay()
  if (family.attributes.length === 0) return null
  return (
    <div className="rp-stack">
      {wishes.map((wish, index) => (
        <WishRow
          key={wish.id}
          wish={wish}
          attributes={family.attributes}
          set={next => set(wishes.with(index, next))}
          remove={() => set(wishes.toSpliced(index, 1))}
        />
      ))}
      <div>
        <Button variant="default" onClick={() => set([...wishes, newWish(family.attributes)])}>
          {t('match.add')}
        </Button>
      </div>
    </div>
  )
}

/** What the customer needs goes in; what fits comes out, with the reasons and with what does not fit. */
export const Match = () => {
  const t = useSay()
  const { currency } = useMe().organisation
  const all = useCall(families.families, {}, slow).data?.items ?? []
  const places = useCall(families.places, {}, slow).data?.items ?? []
  const [familyId, setFamilyId] = useState('')
  const [wishes, setWishes] = useState<Wish[]>([])
  const [words, setWords] = useState('')
  const [most, setMost] = useState<number | ''>('')
  const [placeId, setPlaceId] = useState('')
  const family = all.find(one => String(one.id) === familyId)
  const [need] = useDebouncedValue(
    {
      wants: wantsOf(wishes),
      words: words.trim(),
      currency,
      ...(family ? { familyId: family.id } : {}),
      ...(placeId ? { placeId: Number(placeId) } : {}),
      ...(most === '' ? {} : { priceMaxMinor: minorOf(most, currency) }),
    },
    200,
  )
  const enough = 'familyId' in need || /[\p{L}\p{N}]/u.test(need.words)
  const found = useCall(matching.match, need, { enabled: enough, placeholderData: keepPreviousData })
  return (
    <div className="rp-page">
      <PageHeader title={t('match.title')} lead={t('match.lead')} />
      <div className="rp-stack">
        <div className="rp-columns">
          <NativeSelect
            label={t('catalogue.family')}
            data={[
              { value: '', label: t('catalogue.any') },
              ...all.map(one => ({ value: String(one.id), label: one.name })),
            ]}
            value={familyId}
            onChange={event => {
              setFamilyId(event.currentTarget.value)
              setWishes([])
            }}
          />
          <TextInput
            label={t('match.words')}
            value={words}
            maxLength={200}
            onChange={event => setWords(event.currentTarget.value)}
          />
          <NumberInput
            label={t('match.priceMax')}
            prefix={symbolOf(currency)}
            min={0}
            decimalScale={digitsOf(currency)}
            value={most}
            onChange={value => setMost(typeof value === 'number' ? value : '')}
          />
          <NativeSelect
            label={t('match.place')}
            data={[
              { value: '', label: t('catalogue.anywhere') },
              ...places.map(one => ({ value: String(one.id), label: one.name })),
            ]}
            value={placeId}
            onChange={event => setPlaceId(event.currentTarget.value)}
          />
        </div>
        {family && <Wishes family={family} wishes={wishes} set={setWishes} />}
        <ProblemNote problem={enough ? found.error : null} />
        {enough && found.data ? (
          <MatchFound found={found.data} />
        ) : (
          !enough && (
            <EmptyState
              icon={<IconListSearch size={34} stroke={1.2} />}
              title={t('match.start')}
              text={t('match.startText')}
            />
          )
        )}
      </div>
    </div>
  )
}
