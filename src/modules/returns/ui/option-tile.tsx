import {
  IconDiscount,
  IconGiftCard,
  IconHeart,
  IconPencilDollar,
  IconReceiptRefund,
  IconRefresh,
  IconTool,
  type TablerIcon,
} from '@tabler/icons-react'
import { money } from '../../../shared/money.ts'
import { Tile } from '../../../ui/kit/tile.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Option, Outcome } from '../contract.ts'
import { onPlainDay } from './days.ts'
import { isMoney } from './deciding.ts'
import { Hint } from './hint.tsx'

const icons: Record<Outcome, TablerIcon> = {
  refund: IconReceiptRefund,
  exchange: IconRefresh,
  repair: IconTool,
  store_credit: IconGiftCard,
  partial: IconDiscount,
  keep_item: IconHeart,
}

export const OutcomeIcon = ({ outcome }: { outcome: Outcome }) => {
  const Icon = icons[outcome]
  return <Icon size={22} stroke={1.6} aria-hidden />
}

/** How a choice differs from another with the same name: what comes with it, what is kept, and by when. */
const useFine = (option: Option, currency: string, silent: boolean): string[] => {
  const t = useSay()
  const { carriageMinor, feeMinor, deduction, payBy, goodsBack, outcome } = option
  return [
    ...(carriageMinor > 0 && !silent ? [t('returns.withCarriage', { amount: money(carriageMinor, currency) })] : []),
    ...(feeMinor > 0 && !silent ? [t('returns.fee', { amount: money(feeMinor, currency) })] : []),
    ...(deduction === 'use' || deduction === 'handling' ? [t(`returns.less.${deduction}`)] : []),
    ...(payBy && isMoney(outcome) ? [t('returns.moneyBy', { day: onPlainDay(payBy) })] : []),
    ...(goodsBack ? [] : [t('returns.keeps')]),
  ]
}

type Props = {
  option: Option
  on: boolean
  press: () => void
  currency: string
  /** What it is worth is not told: found by a gift receipt, or nobody knows. */
  silent: boolean
  n: number
}

/** One way to settle it, large enough for a finger; its number is its key. */
export const OptionTile = ({ option, on, press, currency, silent, n }: Props) => {
  const t = useSay()
  const fine = useFine(option, currency, silent)
  const { outcome, basis, amountMinor, carriageMinor, deduction } = option
  const worth = isMoney(outcome) && !silent && deduction !== 'agreed' ? amountMinor + carriageMinor : 0
  return (
    <Tile on={on} press={press} icon={<OutcomeIcon outcome={outcome} />}>
      <span className="rp-return-option">
        <span className="rp-return-option-top">
          <span>
            {t(`returns.outcome.${outcome}`)}
            {worth > 0 && <strong className="rp-number"> {money(worth, currency)}</strong>}
          </span>
          {n <= 9 && <Hint of={String(n)} />}
        </span>
        <span className="rp-return-fine">{[t(`returns.basis.${basis}`), ...fine].join(' · ')}</span>
      </span>
    </Tile>
  )
}

/** What no rule gives, for whoever answers for it. */
export const ExceptionTile = ({ on, press }: { on: boolean; press: () => void }) => {
  const t = useSay()
  return (
    <Tile on={on} press={press} icon={<IconPencilDollar size={22} stroke={1.6} aria-hidden />}>
      <span className="rp-return-option">
        <span className="rp-return-option-top">
          <span>{t('returns.exception')}</span>
          <Hint of="e" />
        </span>
        <span className="rp-return-fine">{t('returns.exceptionText')}</span>
      </span>
    </Tile>
  )
}
