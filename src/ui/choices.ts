import type { Preferences } from '../modules/identity/contract.ts'
import { useSay } from './language/index.ts'

type Key = 'colourScheme' | 'density' | 'undoSeconds' | 'textSize' | 'contrast' | 'motion' | 'direction'

/** Something that one may have as one likes it: its name, its values with theirs, and the one it has until then. */
export type Choice = {
  key: Key
  label: string
  values: { value: Preferences[Key]; label: string }[]
  usual: Preferences[Key]
}

/** What everybody may have as they like it: on the account page, and one step away in the palette. */
export const useChoices = (): Choice[] => {
  const t = useSay()
  const choice = <K extends Key>(
    key: K,
    label: string,
    usual: Preferences[K],
    values: [Preferences[K], string][],
  ): Choice => ({
    key,
    label,
    usual,
    values: values.map(([value, name]) => ({ value, label: name })),
  })
  return [
    choice('colourScheme', t('account.scheme'), 'auto', [
      ['auto', t('scheme.auto')],
      ['light', t('scheme.light')],
      ['dark', t('scheme.dark')],
    ]),
    choice('density', t('account.density'), 'comfortable', [
      ['comfortable', t('account.comfortable')],
      ['compact', t('account.compact')],
    ]),
    choice('undoSeconds', t('account.undo'), 10, [
      [0, t('account.undo.0')],
      ...[5, 10, 15, 20, 30].map((n): [number, string] => [n, t('account.undoSeconds', { n })]),
    ]),
    choice(
      'textSize',
      t('account.textSize'),
      100,
      [80, 90, 100, 110, 125, 150].map(n => [n, t('account.percent', { n })]),
    ),
    choice('contrast', t('account.contrast'), 'system', [
      ['system', t('account.contrast.system')],
      ['normal', t('account.contrast.normal')],
      ['high', t('account.contrast.high')],
    ]),
    choice('motion', t('account.motion'), 'system', [
      ['system', t('account.motion.system')],
      ['full', t('account.motion.full')],
      ['less', t('account.motion.less')],
    ]),
    choice('direction', t('account.direction'), 'ltr', [
      ['ltr', t('account.direction.ltr')],
      ['rtl', t('account.direction.rtl')],
    ]),
  ]
}
