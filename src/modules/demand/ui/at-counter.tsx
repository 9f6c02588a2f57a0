import { Button, Switch } from '@mantine/core'
import { Suspense, useState } from 'react'
import { Loading } from '../../../ui/kit/loading.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import type { ProductLine } from '../../catalogue/contract.ts'
import { Instead, ProductField, WhereItIs } from '../../catalogue/ui/index.ts'
import { useNoting } from './noting.ts'
import { PlaceChoice, rememberedPlace } from './place-choice.tsx'

export type Asked = { productId: number | null; demandId: number | null; tell: boolean }

/** At the counter: what they asked for, what there is instead, and one press that it was not there. */
export const AtCounter = ({ asked, set }: { asked: Asked; set: (asked: Asked) => void }) => {
  const t = useSay()
  const may = useMay()
  const [product, setProduct] = useState<ProductLine | null>(null)
  const [placeId, setPlaceId] = useState(rememberedPlace)
  const noting = useNoting()
  if (!may('catalogue.read')) return null
  const pick = (next: ProductLine) => {
    setProduct(next)
    noting.reset()
    set({ productId: next.id, demandId: null, tell: false })
  }
  const note = (productId: number) =>
    noting.mutate({ productId, placeId }, { onSuccess: ({ id }) => set({ productId, demandId: id, tell: false }) })
  return (
    <div className="rp-stack">
      <ProductField size="lg" label={t('demand.choose')} chosen={product?.name ?? ''} onPick={pick} />
      {product && (
        <>
          <WhereItIs product={product} />
          <PlaceChoice size="lg" value={placeId} set={setPlaceId} />
          <Button
            size="lg"
            variant="default"
            loading={noting.isPending}
            disabled={noting.isSuccess}
            onClick={() => note(product.id)}
          >
            {noting.isSuccess ? t('demand.noted', { name: product.name }) : t('demand.note')}
          </Button>
          {asked.demandId !== null && (
            <Switch
              size="lg"
              label={t('demand.tell')}
              checked={asked.tell}
              onChange={event => set({ ...asked, tell: event.currentTarget.checked })}
            />
          )}
          <Suspense fallback={<Loading rows={2} />}>
            <Instead productId={product.id} placeId={placeId ?? undefined} limit={3} />
          </Suspense>
        </>
      )}
    </div>
  )
}
