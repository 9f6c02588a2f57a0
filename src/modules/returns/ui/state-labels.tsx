import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Return } from '../contract.ts'
import type { Goods, Refund } from './kinds.ts'

const states: Record<Return['state'], Tone> = {
  awaiting_approval: 'care',
  in_progress: 'info',
  resolved: 'good',
  declined: 'bad',
}

export const ReturnState = ({ state }: { state: Return['state'] }) => {
  const t = useSay()
  return <Label tone={states[state]}>{t(`returns.state.${state}`)}</Label>
}

const refunds: Record<Refund['state'], Tone> = {
  awaiting_approval: 'care',
  to_pay: 'note',
  done: 'good',
  declined: 'plain',
  failed: 'bad',
}

export const RefundState = ({ state }: { state: Refund['state'] }) => {
  const t = useSay()
  return <Label tone={refunds[state]}>{t(`returns.refund.${state}`)}</Label>
}

const goods: Partial<Record<Goods, Tone>> = {
  expected: 'note',
  in_transit: 'info',
  received: 'care',
  inspecting: 'care',
  rejected: 'bad',
  restocked: 'good',
  repaired: 'good',
}

export const GoodsState = ({ state }: { state: Goods }) => {
  const t = useSay()
  return <Label tone={goods[state] ?? 'plain'}>{t(`returns.goods.${state}`)}</Label>
}
