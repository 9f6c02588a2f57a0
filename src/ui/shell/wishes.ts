import type { Preferences } from '../../modules/identity/contract.ts'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { usePreference } from '../preference.ts'

/** `also` holds words people look for that its name does not have. */
type Wish = { key: string; label: string; also: string; change: Preferences }

const also = {
  density: 'palette.also.density',
  textSize: 'palette.also.textSize',
  contrast: 'palette.also.contrast',
  motion: 'palette.also.motion',
  direction: 'palette.also.direction',
  colourScheme: 'palette.also.scheme',
  undoSeconds: 'palette.also.undo',
  shortcuts: 'palette.also.shortcuts',
} as const

/** Everything one may have as one likes it, each value by its name: as the account page has it, one step away. */
export const useWishes = (): (Wish & { run: () => void })[] => {
  const t = useSay()
  const { preferences, prefer } = usePreference()
  const may = useMay()
  const wish = <K extends keyof typeof also>(key: K, title: string, values: [Preferences[K], string][]): Wish[] =>
    values.map(([value, label]) => ({
      key: `${key} ${label}`,
      label: `${title}: ${label}`,
      also: t(also[key]),
      change: { [key]: value } as Preferences,
    }))
  const all = [
    ...wish('density', t('account.density'), [
      ['comfortable', t('account.comfortable')],
      ['compact', t('account.compact')],
    ]),
    ...wish(
      'textSize',
      t('account.textSize'),
      [80, 90, 100, 110, 125, 150].map(n => [n, t('account.percent', { n })]),
    ),
    ...wish('contrast', t('account.contrast'), [
      ['system', t('account.contrast.system')],
      ['normal', t('account.contrast.normal')],
      ['high', t('account.contrast.high')],
    ]),
    ...wish('motion', t('account.motion'), [
      ['system', t('account.motion.system')],
      ['full', t('account.motion.full')],
      ['less', t('account.motion.less')],
    ]),
    ...wish('direction', t('account.direction'), [
      ['ltr', t('account.direction.ltr')],
      ['rtl', t('account.direction.rtl')],
    ]),
    ...wish('colourScheme', t('account.scheme'), [
      ['auto', t('scheme.auto')],
      ['light', t('scheme.light')],
      ['dark', t('scheme.dark')],
    ]),
    ...(may('case.handle')
      ? wish('undoSeconds', t('account.undo'), [
          [0, t('account.undo.0')],
          ...[5, 10, 15, 20, 30].map((n): [number, string] => [n, t('account.undoSeconds', { n })]),
        ])
      : []),
    ...wish('shortcuts', t('shortcuts.switch'), [
      [true, t('words.yes')],
      [false, t('words.no')],
    ]),
  ]
  return all.map(one => ({ ...one, run: () => prefer({ ...preferences, ...one.change }) }))
}
