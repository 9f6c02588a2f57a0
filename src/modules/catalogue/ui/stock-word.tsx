import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { StockState } from '../contract.ts'

const tones: Record<StockState, Tone> = { in_stock: 'good', low: 'note', out: 'bad', discontinued: 'plain' }

/** Whether it is there, in a word and a colour. */
export const StockWord = ({ state }: { state: StockState | null }) => {
  const t = useSay()
  return <Label tone={state ? tones[state] : 'plain'}>{t(state ? `stock.${state}` : 'stock.unknown')}</Label>
}
