import { Portal } from '@mantine/core'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useSay } from '../../../ui/language/index.ts'
import type { Suggesting } from './suggesting.ts'

const height = 260
const names: Partial<Record<string, 'suggest.person' | 'suggest.case' | 'suggest.article' | 'suggest.product'>> = {
  person: 'suggest.person',
  case: 'suggest.case',
  product: 'suggest.product',
  article: 'suggest.article',
}

/** The list that opens in the text; the text keeps the focus and says which line is chosen. */
export const Suggestions = ({ suggesting, id }: { suggesting: Suggesting; id: string }) => {
  const t = useSay()
  const shown = useSyncExternalStore(suggesting.watch, suggesting.get)
  const list = useRef<HTMLDivElement>(null)
  const active = shown?.active ?? 0
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (!shown?.at || shown.offers.length === 0) return null
  // Above the line where there is room: below it are the buttons that send.
  const above = shown.at.top > height + 8
  const place = {
    left: Math.max(8, Math.min(shown.at.left, window.innerWidth - 316)),
    ...(!above && window.innerHeight - shown.at.bottom > height
      ? { top: shown.at.bottom + 4 }
      : { bottom: window.innerHeight - shown.at.top + 4 }),
  }
  return (
    <Portal>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t(names[shown.trigger] ?? 'suggest.macro')}
        className="rp-suggestions"
        style={{ ...place, maxHeight: height }}
      >
        {shown.offers.map((offer, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the text keeps the focus and names the chosen line
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard in the text
          <div
            key={offer.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === shown.active}
            onMouseDown={event => event.preventDefault()}
            onClick={() => shown.pick(offer)}
          >
            <span className="rp-truncate">{offer.label}</span>
            {offer.effect && (
              <span className="rp-small rp-truncate rp-suggestion-effect">
                {t('suggest.sets', { what: offer.effect })}
              </span>
            )}
            {offer.detail && <span className="rp-dim rp-small rp-truncate">{offer.detail}</span>}
          </div>
        ))}
      </div>
    </Portal>
  )
}
