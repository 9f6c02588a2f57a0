import type { Preferences } from '../../modules/identity/contract.ts'
import { type Choice, useChoices } from '../choices.ts'
import { useSay } from '../language/index.ts'
import { usePreference } from '../preference.ts'

/** `also` holds words people look for that its name does not have. */
type Wish = { key: string; label: string; also: string; run: () => void }

const also = {
  density: 'palette.also.density',
  textSize: 'palette.also.textSize',
  contrast: 'palette.also.contrast',
  motion: 'palette.also.motion',
  direction: 'palette.also.direction',
  colourScheme: 'palette.also.scheme',
  undoSeconds: 'palette.also.undo',
} as const satisfies Record<Choice['key'], string>

/** Everything one may have as one likes it, each value by its name. */
export const useWishes = (): Wish[] => {
  const t = useSay()
  const { prefer } = usePreference()
  const wish = (label: string, words: string, change: Preferences): Wish => ({
    key: JSON.stringify(change),
    label,
    also: words,
    run: () => prefer(change),
  })
  return [
    ...useChoices().flatMap(({ key, label, values }) =>
      values.map(one => wish(`${label}: ${one.label}`, t(also[key]), { [key]: one.value })),
    ),
    ...[true, false].map(on =>
      wish(`${t('shortcuts.switch')}: ${t(on ? 'words.yes' : 'words.no')}`, t('palette.also.shortcuts'), {
        shortcuts: on,
      }),
    ),
  ]
}
