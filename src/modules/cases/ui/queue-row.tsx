import { IconInfoCircle } from '@tabler/icons-react'
import { memo } from 'react'
import { Link } from 'react-router'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { Facts, Markers, When } from './row-facts.tsx'
import { usePlace, Why } from './why.tsx'

type Props = {
  line: CaseLine
  open: boolean
  inTabOrder: boolean
  focused: (id: number) => void
  /** Reads a case ahead; null: not any more. */
  ahead: (id: number | null) => void
  /** Null where rows cannot be chosen; `some` once any row is. */
  selected: 'this' | 'some' | 'none' | null
  select: (id: number, upToHere: boolean) => void
  why: boolean
  toggleWhy: (id: number) => void
}

/**
 * One case in the list; `why` unfolds the reason for its place. Drawn again only when something of its own changes.
 */
export const QueueRow = memo(({ line, open, inTabOrder, focused, ahead, selected, select, why, toggleWhy }: Props) => {
  const t = useSay()
  const place = usePlace(line)
  return (
    <li
      className="rp-row"
      data-open={open || undefined}
      data-unread={line.unread || undefined}
      data-selected={selected === 'this' || undefined}
      data-selecting={selected === 'this' || selected === 'some' || undefined}
    >
      {selected && (
        <label className="rp-row-select">
          <input
            type="checkbox"
            checked={selected === 'this'}
            onChange={event => select(line.id, (event.nativeEvent as MouseEvent).shiftKey)}
            tabIndex={inTabOrder ? 0 : -1}
            aria-label={t('bulk.select', { subject: line.subject })}
          />
        </label>
      )}
      <Link
        to={`?case=${line.id}`}
        className="rp-row-link2"
        data-row={line.id}
        tabIndex={inTabOrder ? 0 : -1}
        onFocus={() => focused(line.id)}
        onPointerEnter={() => ahead(line.id)}
        onPointerLeave={() => ahead(null)}
        aria-current={open ? 'true' : undefined}
        title={place}
      >
        <span className="rp-row-top">
          {line.unread && (
            <span className="rp-unread">
              <span className="rp-hidden">{t('queue.unread')}</span>
            </span>
          )}
          <span className="rp-row-name rp-truncate">{line.requester.name}</span>
          <Markers line={line} />
          <span className="rp-grow" />
          <When line={line} />
        </span>
        <span className="rp-row-subject rp-truncate">{line.subject}</span>
        <span className="rp-row-preview rp-truncate">{line.preview}</span>
        <Facts line={line} />
      </Link>
      <button
        type="button"
        className="rp-row-why"
        onClick={() => toggleWhy(line.id)}
        aria-expanded={why}
        aria-label={t('queue.why', { subject: line.subject })}
        title={t('queue.whyShort')}
        tabIndex={inTabOrder ? 0 : -1}
      >
        <IconInfoCircle size={15} stroke={1.7} />
      </button>
      {why && <Why line={line} />}
    </li>
  )
})
