import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Purchase, PurchaseRow } from '../contract.ts'

type State = PurchaseRow['state']

const tones: Record<State, Tone> = {
  delivered: 'plain',
  on_its_way: 'info',
  partly_returned: 'note',
  returned: 'note',
}

/** How far a purchase is, said of its lines as lists say it of the whole. */
export const stateOf = ({ lines }: Purchase): State => {
  const sum = (of: 'quantity' | 'delivered' | 'returned') => lines.reduce((all, line) => all + line[of], 0)
  if (sum('returned') > 0) return sum('returned') < sum('quantity') ? 'partly_returned' : 'returned'
  return sum('delivered') < sum('quantity') ? 'on_its_way' : 'delivered'
}

export const StateLabel = ({ state }: { state: State }) => {
  const t = useSay()
  return <Label tone={tones[state]}>{t(`purchases.state.${state}`)}</Label>
}
