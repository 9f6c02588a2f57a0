import './catalogue.css'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Alternative, matching } from '../contract.ts'
import { priceOf } from './price.ts'

type Props = {
  productId: number
  placeId?: number | undefined
  limit?: number
  /** What can be done with each, such as offering it. */
  action?: (alternative: Alternative) => ReactNode
}

const percent = (part: number) => Math.round(part * 100)
const listed = (places: { place: string }[]) => places.map(one => one.place).join(', ')

const One = ({ one, action, placed }: { one: Alternative; action: Props['action']; placed: boolean }) => {
  const t = useSay()
  const where = one.here
    ? placed
      ? t('alternative.here')
      : ''
    : t(placed ? 'alternative.brought' : 'alternative.somewhere', { places: listed(one.elsewhere) })
  return (
    <li>
      <span className="rp-grow">
        <Link to={`/catalogue/${one.product.id}`}>{one.product.name}</Link>{' '}
        <span className="rp-dim rp-small">
          {one.product.number} · {priceOf(one.product)}
        </span>
        <span className="rp-where rp-small" style={{ marginTop: 2 }}>
          <span
            title={t('alternative.why', {
              words: percent(one.parts.words),
              letters: percent(one.parts.trigrams),
              price: percent(one.parts.price),
            })}
          >
            <Label tone={one.rank === 'set' ? 'accent' : 'plain'}>{t(`alternative.${one.rank}`)}</Label>
          </span>
          {where && <span>{where}</span>}
          {one.note && <span className="rp-dim">{one.note}</span>}
        </span>
      </span>
      {action?.(one)}
    </li>
  )
}

/** What to offer instead: chosen by colleagues first, then of its family, then what is most alike. Only what can be had. */
export const Instead = ({ productId, placeId, limit = 5, action }: Props) => {
  const t = useSay()
  const found = useCall(matching.alternatives, { id: productId, limit, ...(placeId ? { placeId } : {}) })
  if (found.isPending) return <Loading rows={2} />
  if (found.error) return <p className="rp-dim">{sentenceOf(found.error)}</p>
  if (found.data.items.length === 0) return <p className="rp-dim">{t('alternative.none')}</p>
  return (
    <ul className="rp-list">
      {found.data.items.map(one => (
        <One key={one.product.id} one={one} action={action} placed={placeId !== undefined} />
      ))}
    </ul>
  )
}
