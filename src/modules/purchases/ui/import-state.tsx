import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PurchaseImport } from '../contract.ts'

const tones: Record<PurchaseImport['state'], Tone> = {
  reading: 'info',
  read: 'note',
  writing: 'info',
  done: 'good',
  undoing: 'info',
  undone: 'plain',
  failed: 'bad',
}

export const ImportState = ({ state }: Pick<PurchaseImport, 'state'>) => {
  const t = useSay()
  return <Label tone={tones[state]}>{t(`purchaseImport.state.${state}`)}</Label>
}
