import { MultiSelect, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { useCall } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'

/** What is known of a complaint beside its regime. */
export type About = {
  wants: string
  aboutStaffIds: string[]
  onBehalf: string
  severity: string
  safety: boolean
  immediateAction: string
}

export const blankAbout: About = {
  wants: '',
  aboutStaffIds: [],
  onBehalf: '',
  severity: '2',
  safety: false,
  immediateAction: '',
}

export const sentAbout = (about: About) => ({
  wants: about.wants,
  aboutStaffIds: about.aboutStaffIds.map(Number),
  onBehalf: about.onBehalf,
  severity: Number(about.severity),
  safety: about.safety,
  immediateAction: about.immediateAction,
})

/** Colleagues as choices, without oneself where one must not choose oneself. */
export const useColleagues = (besidesMe = false): { value: string; label: string }[] => {
  const me = useMe()
  const staff = useCall(identity.staff, {}, { staleTime: 300_000 }).data?.items ?? []
  return staff
    .filter(one => one.endedAt === null && !(besidesMe && one.id === me.id))
    .map(one => ({ value: String(one.id), label: one.name }))
}

/** The assessment: what they want, whom it is about, how grave it is and what was done at once. */
export const AboutFields = <V extends About>({ form }: { form: UseFormReturnType<V> }) => {
  const t = useSay()
  const colleagues = useColleagues(true)
  return (
    <>
      <Textarea
        label={t('complaint.wants')}
        description={t('complaint.wantsText')}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={5000}
        {...form.getInputProps('wants')}
      />
      <MultiSelect
        label={t('complaint.about')}
        description={t('complaint.aboutText')}
        data={colleagues}
        searchable
        clearable
        {...form.getInputProps('aboutStaffIds')}
      />
      <div className="rp-columns">
        <NativeSelect
          label={t('complaint.severity')}
          data={(['1', '2', '3', '4'] as const).map(value => ({ value, label: t(`severity.${value}`) }))}
          {...form.getInputProps('severity')}
        />
        <TextInput label={t('complaint.behalf')} maxLength={500} {...form.getInputProps('onBehalf')} />
      </div>
      <Switch
        label={t('complaint.safetyAsk')}
        description={t('complaint.safetyText')}
        {...form.getInputProps('safety', { type: 'checkbox' })}
      />
      <Textarea
        label={t('complaint.atOnce')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={5000}
        {...form.getInputProps('immediateAction')}
      />
    </>
  )
}
