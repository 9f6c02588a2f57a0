import { NativeSelect } from '@mantine/core'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { families } from '../../catalogue/contract.ts'

const key = 'rapport.place'

/** The place this device stands at: chosen once. */
export const rememberedPlace = (): number | null => Number(localStorage.getItem(key)) || null

type Props = { value: number | null; set: (placeId: number | null) => void; size?: 'sm' | 'lg' }

/** Where the customer wants it. */
export const PlaceChoice = ({ value, set, size = 'sm' }: Props) => {
  const t = useSay()
  const places = useCall(families.places, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  if (places.length === 0) return null
  return (
    <NativeSelect
      size={size}
      label={t('demand.place')}
      data={[
        { value: '', label: t('catalogue.anywhere') },
        ...places.map(place => ({ value: String(place.id), label: place.name })),
      ]}
      value={value ?? ''}
      onChange={event => {
        const next = Number(event.currentTarget.value) || null
        localStorage.setItem(key, String(next ?? ''))
        set(next)
      }}
    />
  )
}
