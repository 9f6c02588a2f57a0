import { Select } from '@mantine/core'
import { useChoices } from '../../../ui/choices.ts'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { usePreference } from '../../../ui/preference.ts'

/** Kept with the account, so that every device looks and behaves alike. */
export const Appearance = () => {
  const t = useSay()
  const { preferences, prefer } = usePreference()
  return (
    <Section title={t('account.appearance')}>
      <div className="rp-stack">
        <div className="rp-columns">
          {useChoices().map(({ key, label, values, usual }) => (
            <Select
              key={key}
              label={label}
              data={values.map(one => ({ value: String(one.value), label: one.label }))}
              value={String(preferences[key] ?? usual)}
              onChange={chosen => {
                const found = values.find(one => String(one.value) === chosen)
                if (found) prefer({ [key]: found.value })
              }}
              allowDeselect={false}
            />
          ))}
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
