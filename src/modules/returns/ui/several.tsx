import { type KeyboardEvent, useEffect, useRef } from 'react'
import { money } from '../../../shared/money.ts'
import { onDay } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Purchase } from '../../purchases/contract.ts'
import { Hint } from './hint.tsx'
import { stepWithin } from './keys.ts'

type Props = { items: Purchase[]; gift: boolean; choose: (purchase: Purchase) => void; back: () => void }

/** More than one purchase has this code: chosen by arrows and Enter, or by number. */
export const Several = ({ items, gift, choose, back }: Props) => {
  const t = useSay()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => list.current?.querySelector<HTMLElement>('button')?.focus(), [])
  const press = (event: KeyboardEvent) => {
    const chosen = /^[1-9]$/.test(event.key) ? items[Number(event.key) - 1] : undefined
    if (chosen) choose(chosen)
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      stepWithin(list.current, document.activeElement, event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Escape') back()
    else return
    event.preventDefault()
  }
  return (
    <section aria-labelledby="returns-several">
      <h2 id="returns-several" className="rp-return-head">
        {t('returns.several', { count: items.length })}
      </h2>
      <ul className="rp-list" ref={list} onKeyDown={press}>
        {items.map((purchase, index) => (
          <li key={purchase.id}>
            <button type="button" className="rp-return-several" data-step onClick={() => choose(purchase)}>
              {index < 9 && <Hint of={String(index + 1)} />}
              <span className="rp-grow">
                <strong>{purchase.lines.map(line => line.name).join(', ')}</strong>
                <span className="rp-dim rp-small">
                  {[purchase.number, !gift && purchase.person?.name, onDay(purchase.boughtAt)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              {!gift && <span className="rp-number">{money(purchase.totalMinor, purchase.currency)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
