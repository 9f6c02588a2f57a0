import './demand.css'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { Case } from '../../cases/contract.ts'
import { catalogue, type ProductLine } from '../../catalogue/contract.ts'
import { ProductField, priceOf, WhereItIs } from '../../catalogue/ui/index.ts'
import { demand } from '../contract.ts'
import { useNoting } from './noting.ts'
import { PlaceChoice, rememberedPlace } from './place-choice.tsx'
import { Wish } from './wish.tsx'

/** What they asked for: where it is, what else there is, and, in one key, that it could not be had. */
const Panel = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const fixed = !kase.can.includes('change')
  const [picked, setPicked] = useState<ProductLine | null>(null)
  const [placeId, setPlaceId] = useState(rememberedPlace)
  const own = useCall(
    catalogue.get,
    { id: kase.product?.id ?? 0 },
    { enabled: kase.product !== null && picked === null },
  )
  const product: ProductLine | null = picked ?? (kase.product ? (own.data ?? null) : null)
  const wishes = useCall(demand.list, { caseId: kase.id }).data?.items ?? []
  const noting = useNoting()
  const isNoted = wishes.some(wish => wish.product.id === product?.id)
  const note = () => product && noting.mutate({ productId: product.id, caseId: kase.id, placeId })
  useCommands({ unmet: !fixed && product !== null && !isNoted && note })
  if (fixed && wishes.length === 0 && !product) return null
  return (
    <section className="rp-joined rp-asked-for">
      <h3>{t('demand.askedFor')}</h3>
      <div className="rp-stack" style={{ gap: 8 }}>
        {!fixed && <ProductField label={t('demand.choose')} chosen={product?.name ?? ''} onPick={setPicked} />}
        {product && (
          <div>
            <span className="rp-dim rp-small">
              {product.number} · {priceOf(product)}
            </span>
            <WhereItIs product={product} />
          </div>
        )}
        {product && !fixed && !isNoted && (
          <>
            <PlaceChoice value={placeId} set={setPlaceId} />
            <Button variant="default" loading={noting.isPending} onClick={note} rightSection={<KeyHint of="unmet" />}>
              {t('demand.note')}
            </Button>
          </>
        )}
        {wishes.length > 0 && (
          <ul className="rp-asked-list">
            {wishes.map(wish => (
              <Wish key={wish.id} wish={wish} placeId={placeId} fixed={fixed} />
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}

export const AskedFor = ({ kase }: { kase: Case }) => (useMay()('catalogue.read') ? <Panel kase={kase} /> : null)
