import { Button, Textarea } from '@mantine/core'
import { Suspense } from 'react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { matching } from '../../catalogue/contract.ts'
import { Instead } from '../../catalogue/ui/index.ts'
import type { Demand } from '../contract.ts'
import { useBringing, useChangeDemand, useTelling } from './noting.ts'

type Part = { wish: Demand; placeId: number | null }

const Offers = ({ wish, placeId }: Part) => {
  const t = useSay()
  const change = useChangeDemand()
  const offered = new Set(wish.offers.map(one => one.productId))
  return (
    <Suspense fallback={<Loading rows={2} />}>
      <Instead
        productId={wish.product.id}
        placeId={placeId ?? undefined}
        limit={4}
        action={({ product }) => (
          <span className="rp-actions">
            {!offered.has(product.id) && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('demand.offerNamed', { name: product.name })}
                onClick={() => change.mutate({ id: wish.id, offers: [{ productId: product.id }] })}
              >
                {t('demand.offer')}
              </Button>
            )}
            <Button
              size="compact-sm"
              aria-label={t('demand.acceptNamed', { name: product.name })}
              onClick={() => change.mutate({ id: wish.id, acceptedId: product.id })}
            >
              {t('demand.accept')}
            </Button>
          </span>
        )}
      />
    </Suspense>
  )
}

const Ways = ({ wish, placeId }: Part) => {
  const t = useSay()
  const change = useChangeDemand()
  const tell = useTelling()
  const bring = useBringing()
  const found = useCall(matching.alternatives, { id: wish.product.id, limit: 4, ...(placeId ? { placeId } : {}) })
  const settle = (outcome: 'declined' | 'left') => change.mutate({ id: wish.id, outcome })
  return (
    <div className="rp-actions">
      {wish.caseId && (
        <Button
          size="compact-sm"
          variant="default"
          loading={tell.isPending}
          onClick={() => tell.mutate({ id: wish.id })}
        >
          {t('demand.tell')}
        </Button>
      )}
      {placeId &&
        (found.data?.transfer ?? []).map(from => (
          <Button
            key={from.placeId}
            size="compact-sm"
            variant="default"
            loading={bring.isPending}
            onClick={() => bring.mutate({ id: wish.id, fromPlaceId: from.placeId, toPlaceId: placeId })}
          >
            {t('demand.bring', { place: from.place })}
          </Button>
        ))}
      <Button size="compact-sm" variant="default" onClick={() => settle('declined')}>
        {t('demand.decline')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => settle('left')}>
        {t('demand.left')}
      </Button>
    </div>
  )
}

const Settled = ({ wish }: { wish: Demand }) => {
  const t = useSay()
  const change = useChangeDemand()
  return (
    <>
      {wish.tellBy && <p className="rp-small">{t('demand.tellBy', { day: onDay(wish.tellBy) })}</p>}
      {wish.toldAt && <p className="rp-small">{t('demand.told', { day: onDay(wish.toldAt) })}</p>}
      {wish.transfers.map(one => (
        <p key={one.id} className="rp-small">
          {t('demand.brought', { from: one.from, to: one.to })}: {t(`transfers.state.${one.state}`)}
        </p>
      ))}
      <Textarea
        label={t('demand.answer')}
        defaultValue={wish.answer}
        autosize
        minRows={1}
        maxLength={2000}
        onBlur={event => {
          const answer = event.currentTarget.value.trim()
          if (answer !== wish.answer) change.mutate({ id: wish.id, answer })
        }}
      />
    </>
  )
}

/** One wish that could not be met: what is offered instead, and what came of it. */
export const Wish = ({ wish, placeId, fixed }: Part & { fixed: boolean }) => {
  const t = useSay()
  const at = wish.place?.id ?? placeId
  return (
    <li className="rp-stack" style={{ gap: 8 }}>
      <div>
        <Link to={`/catalogue/${wish.product.id}`}>{wish.product.name}</Link>{' '}
        <Label tone={wish.outcome === 'accepted' ? 'good' : wish.outcome === 'open' ? 'note' : 'plain'}>
          {t(`demand.outcome.${wish.outcome}`)}
        </Label>
        <div className="rp-dim rp-small">
          {[wish.place?.name, t(`demand.reason.${wish.reason}`), wish.accepted?.name].filter(Boolean).join(' · ')}
        </div>
      </div>
      {wish.outcome === 'open' && !fixed && (
        <>
          <Offers wish={wish} placeId={at} />
          <Ways wish={wish} placeId={at} />
        </>
      )}
      {wish.outcome !== 'open' && !fixed && <Settled wish={wish} />}
    </li>
  )
}
