import { Select } from '@mantine/core'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { usePreference } from '../../../ui/preference.ts'

const undoTimes = [0, 5, 10, 15, 20, 30]
const textSizes = [80, 90, 100, 110, 125, 150]

/** Kept with the account, so that every device looks and behaves alike. */
export const Appearance = () => {
  const t = useSay()
  const { preferences, prefer } = usePreference()
  return (
    <Section title={t('account.appearance')}>
      <div className="rp-stack">
        <div className="rp-columns">
          <Select
            label={t('account.scheme')}
            data={(['auto', 'light', 'dark'] as const).map(value => ({ value, label: t(`scheme.${value}`) }))}
            value={preferences.colourScheme ?? 'auto'}
            onChange={value => value && prefer({ colourScheme: value })}
            allowDeselect={false}
          />
          <Select
            label={t('account.density')}
            data={(['comfortable', 'compact'] as const).map(value => ({ value, label: t(`account.${value}`) }))}
            value={preferences.density ?? 'comfortable'}
            onChange={value => value && prefer({ density: value })}
            allowDeselect={false}
          />
          <Select
            label={t('account.undo')}
            data={undoTimes.map(n => ({
              value: String(n),
              label: n === 0 ? t('account.undo.0') : t('account.undoSeconds', { n }),
            }))}
            value={String(preferences.undoSeconds ?? 10)}
            onChange={value => value && prefer({ undoSeconds: Number(value) })}
            allowDeselect={false}
          />
          <Select
            label={t('account.language')}
            data={(['en', 'xx'] as const).map(value => ({ value, label: t(`account.language.${value}`) }))}
            value={preferences.language ?? 'en'}
            onChange={value => value && prefer({ language: value })}
            allowDeselect={false}
          />
          <Select
            label={t('account.textSize')}
            data={textSizes.map(n => ({ value: String(n), label: t('account.percent', { n }) }))}
            value={String(preferences.textSize ?? 100)}
            onChange={value => value && prefer({ textSize: Number(value) })}
            allowDeselect={false}
          />
          <Select
            label={t('account.contrast')}
            data={(['system', 'normal', 'high'] as const).map(value => ({
              value,
              label: t(`account.contrast.${value}`),
            }))}
            value={preferences.contrast ?? 'system'}
            onChange={value => value && prefer({ contrast: value })}
            allowDeselect={false}
          />
          <Select
            label={t('account.motion')}
            data={(['system', 'full', 'less'] as const).map(value => ({ value, label: t(`account.motion.${value}`) }))}
            value={preferences.motion ?? 'system'}
            onChange={value => value && prefer({ motion: value })}
            allowDeselect={false}
          />
          <Select
            label={t('account.direction')}
            data={(['ltr', 'rtl'] as const).map(value => ({ value, label: t(`account.direction.${value}`) }))}
            value={preferences.direction ?? 'ltr'}
            onChange={value => value && prefer({ direction: value })}
            allowDeselect={false}
          />
        </div>
      </div>
    </Section>
  )
}
