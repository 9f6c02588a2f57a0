import { NumberInput, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { money } from '../../../shared/money.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { PurchaseLine } from '../../purchases/contract.ts'
import { type Brought, canCome, type Facts, leftOf } from './brought.ts'
import { Hint } from './hint.tsx'

type Props = { brought: Brought; facts: Facts; set: (part: Partial<Facts>) => void }

/** Picks a line, or leaves it again. */
export const toggled = ({ picked }: Facts, line: PurchaseLine): Facts['picked'] => {
  const { [line.id]: before = 0, ...rest } = picked
  if (before > 0) return rest
  return canCome(line) ? { ...rest, [line.id]: 1 } : rest
}

const useLeft = (line: PurchaseLine, { reason }: Facts): string => {
  const t = useSay()
  if (!canCome(line)) return t('returns.allBack')
  if (line.delivered === line.returned && reason !== 'missing' && reason !== 'late') return t('returns.notDelivered')
  return t('returns.left', { n: leftOf(line, reason), of: line.quantity })
}

type LineProps = Props & { line: PurchaseLine; index: number; gift: boolean; currency: string }

const Line = ({ line, index, gift, currency, facts, set }: LineProps) => {
  const t = useSay()
  const picked = facts.picked[line.id] ?? 0
  const left = useLeft(line, facts)
  const about = [!gift && line.serial && t('purchases.serialOf', { serial: line.serial }), left].filter(Boolean)
  return (
    <li className="rp-return-line" data-on={picked > 0 || undefined}>
      <button
        type="button"
        data-step
        aria-pressed={picked > 0}
        disabled={!canCome(line)}
        onClick={() => set({ picked: toggled(facts, line) })}
      >
        <span className="rp-return-tick" aria-hidden>
          {picked > 0 && <IconCheck size={14} stroke={3} />}
        </span>
        <span className="rp-grow">
          <strong>{line.name}</strong>
          <span className="rp-dim rp-small">{about.join(' · ')}</span>
        </span>
        {!gift && <span className="rp-number">{money(line.paidMinor, currency)}</span>}
        {index < 9 && <Hint of={String(index + 1)} />}
      </button>
      {picked > 0 && leftOf(line, facts.reason) > 1 && (
        <NumberInput
          size="xs"
          label={t('returns.howMany', { n: leftOf(line, facts.reason) })}
          aria-label={t('returns.howManyOf', { name: line.name })}
          min={1}
          max={leftOf(line, facts.reason)}
          allowDecimal={false}
          value={picked}
          onChange={value => {
            if (typeof value === 'number' && value > 0) set({ picked: { ...facts.picked, [line.id]: value } })
          }}
        />
      )}
    </li>
  )
}

const ByHand = ({ facts, set }: Omit<Props, 'brought'>) => {
  const t = useSay()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  return (
    <div className="rp-return-hand">
      <TextInput
        ref={field}
        label={t('returns.thing')}
        description={t('returns.thingText')}
        value={facts.name}
        maxLength={300}
        autoComplete="off"
        onChange={event => set({ name: event.currentTarget.value })}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          document.querySelector<HTMLElement>('.rp-return-reasons button')?.focus()
        }}
        data-thing
      />
      <NumberInput
        label={t('purchases.quantity')}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        value={facts.quantity}
        onChange={value => set({ quantity: typeof value === 'number' && value > 0 ? value : 1 })}
      />
    </div>
  )
}

/** What comes back: lines of the purchase, or what nothing shows to have been bought. */
export const What = ({ brought, facts, set }: Props) => {
  const t = useSay()
  const list = useRef<HTMLUListElement>(null)
  const { purchase, by } = brought
  useEffect(() => list.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus({ preventScroll: true }), [])
  return (
    <section className="rp-return-part">
      <h2 className="rp-return-head">{t('returns.what')}</h2>
      {purchase ? (
        <ul className="rp-return-lines" ref={list} data-group="lines">
          {purchase.lines.map((line, index) => (
            <Line
              key={line.id}
              {...{ line, index, brought, facts, set }}
              gift={by === 'gift_receipt'}
              currency={purchase.currency}
            />
          ))}
        </ul>
      ) : (
        <ByHand facts={facts} set={set} />
      )}
    </section>
  )
}
