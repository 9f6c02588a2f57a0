import { NativeSelect, Table, TextInput } from '@mantine/core'
import { useAct, useCall } from '../../../ui/call.ts'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { onDay, TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { catalogue, families, matching, type Place, type Product, type StockState, stockStates } from '../contract.ts'
import { StockWord } from './stock-word.tsx'

type Said = Product['availability'][number]
type RowProps = { product: Product; place: Place; said: Said | undefined }

const Editable = ({ product, place, said }: RowProps) => {
  const t = useSay()
  const act = useAct(catalogue.setAvailability, { refresh: [catalogue.get, catalogue.list, matching.alternatives] })
  const set = (state: StockState | null, expectedOn: string | null) =>
    act.mutate({ id: product.id, placeId: place.id, state, expectedOn })
  const awaited = said?.state === 'out' || said?.state === 'low'
  return (
    <>
      <Table.Td>
        <NativeSelect
          aria-label={t('product.stateAt', { place: place.name })}
          data={[
            { value: '', label: t('stock.unknown') },
            ...stockStates.map(state => ({ value: state, label: t(`stock.${state}`) })),
          ]}
          value={said?.state ?? ''}
          onChange={event => {
            const state = (event.currentTarget.value || null) as StockState | null
            set(state, state === 'out' || state === 'low' ? (said?.expectedOn ?? null) : null)
          }}
          disabled={act.isPending}
        />
      </Table.Td>
      <Table.Td>
        {awaited && (
          <TextInput
            type="date"
            aria-label={t('product.expectedOnAt', { place: place.name })}
            defaultValue={said.expectedOn ?? ''}
            onBlur={event => {
              const day = event.currentTarget.value || null
              if (day !== said.expectedOn) set(said.state, day)
            }}
          />
        )}
      </Table.Td>
    </>
  )
}

const Row = (props: RowProps) => {
  const t = useSay()
  const { product, place, said } = props
  return (
    <Table.Tr>
      <Table.Th scope="row">{place.name}</Table.Th>
      {product.can.includes('stock') ? (
        <Editable {...props} />
      ) : (
        <>
          <Table.Td>
            <StockWord state={said?.state ?? null} />
          </Table.Td>
          <Table.Td>{said?.expectedOn && onDay(said.expectedOn)}</Table.Td>
        </>
      )}
      <Table.Td className="rp-dim rp-small">
        {said && (
          <>
            <TimeAgo at={said.updatedAt} /> · {t('product.saidAt', { by: said.updatedBy })}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  )
}

/** Where it is, changed where it stands by whoever may. */
export const Stock = ({ product }: { product: Product }) => {
  const t = useSay()
  const places = useCall(families.places, {}).data?.items ?? []
  if (places.length === 0) return <p className="rp-dim">{t('product.noPlaces')}</p>
  return (
    <ScrollX label={t('product.availability')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('catalogue.places')}</Table.Th>
            <Table.Th scope="col">{t('catalogue.availability')}</Table.Th>
            <Table.Th scope="col">{t('product.expectedOn')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {places.map(place => (
            <Row
              key={`${place.id} ${product.availability.find(one => one.placeId === place.id)?.updatedAt}`}
              product={product}
              place={place}
              said={product.availability.find(one => one.placeId === place.id)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}
