import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../../cases/contract.ts'
import { complaints } from '../contract.ts'
import { type About, AboutFields, blankAbout, sentAbout } from './about-fields.tsx'
import { stale } from './answers.ts'

type Values = About & { regime: string; receivedOn: string; eventOn: string; oral: boolean; anonymous: boolean }

const oralChannels = new Set(['phone', 'face_to_face'])

/** A contact becomes a complaint: by which rules, received when, about whom. */
export const BeginDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const regimes = useCall(complaints.regimes, {}, { staleTime: 3_600_000 }).data?.items
  const form = useForm<Values>({
    initialValues: {
      ...blankAbout,
      regime: 'house',
      receivedOn: kase.openedAt.slice(0, 10),
      eventOn: '',
      oral: oralChannels.has(kase.channel),
      anonymous: false,
    },
  })
  const begin = useAct(complaints.begin, {
    quiet: true,
    refresh: stale,
    done: () => {
      close()
      told(t('complaint.begun'))
    },
  })
  const submit = form.onSubmit(values =>
    begin.mutate(
      {
        id: kase.id,
        regime: values.regime,
        receivedOn: values.receivedOn,
        eventOn: values.eventOn || null,
        oral: values.oral,
        anonymous: values.anonymous,
        ...sentAbout(values),
      },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  const chosen = regimes?.find(one => one.code === form.values.regime)
  return (
    <FormDialog
      title={t('complaint.beginTitle')}
      close={close}
      onSubmit={submit}
      busy={begin.isPending}
      action={t('complaint.begin')}
      size="lg"
    >
      <ProblemNote problem={begin.error} shown={['receivedOn', 'eventOn', 'regime', 'aboutStaffIds']} />
      {!regimes && <Loading rows={2} />}
      {regimes && (
        <NativeSelect
          data-autofocus
          label={t('complaint.regime')}
          description={chosen?.appliesTo}
          data={regimes.map(one => ({ value: one.code, label: one.name }))}
          {...form.getInputProps('regime')}
        />
      )}
      <div className="rp-columns">
        <TextInput
          type="date"
          label={t('complaint.receivedOn')}
          required
          withAsterisk={false}
          {...form.getInputProps('receivedOn')}
        />
        <TextInput type="date" label={t('complaint.eventOn')} {...form.getInputProps('eventOn')} />
      </div>
      <Switch label={t('complaint.oral')} {...form.getInputProps('oral', { type: 'checkbox' })} />
      <Switch label={t('complaint.anonymous')} {...form.getInputProps('anonymous', { type: 'checkbox' })} />
      <AboutFields form={form} />
    </FormDialog>
  )
}
