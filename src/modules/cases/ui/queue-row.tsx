import { IconInfoCircle } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useSay } from '../../../ui/language/index.ts'
import type { CaseLine } from '../contract.ts'
import { Facts, Markers, When } from './row-facts.tsx'
import type { Selection } from './selecting.ts'
import { usePlace, Why } from './why.tsx'

type Props = {
  line: CaseLine
  open: boolean
  inTabOrder: boolean
  onFocus: () => void
  /** Reads a case ahead; null: not any more. */
  ahead: (id: number | null) => void
  selection: Selection | null
  why: boolean
  toggleWhy: () => void
}

/** One case in the list; `why` unfolds the reason for its place. */
export const QueueRow = ({ line, open, inTabOrder, onFocus, ahead, selection, why, toggleWhy }: Props) => {
  const t = useSay()
  const place = usePlace(line)
  return (
    <li
      className="rp-row"
      data-open={open || undefined}
      data-unread={line.unread || undefined}
      data-selected={selection?.ids.has(line.id) || undefined}
      data-selecting={(selection && selection.count > 0) || undefined}
    >
      {selection && (
        <label className="rp-row-select">
          <input
            type="checkbox"
            checked={selection.ids.has(line.id)}
            onChange={event =>
              (event.nativeEvent as MouseEvent).shiftKey ? selection.range(line.id) : selection.toggle(line.id)
            }
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
        onFocus={onFocus}
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
        onClick={toggleWhy}
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
}
