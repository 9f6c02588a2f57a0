import { Select } from '@mantine/core'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { usePreference } from '../../../ui/preference.ts'

const undoTimes = [0, 5, 10, 20, 30]

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
        </div>
      </div>
    </Section>
  )
}
