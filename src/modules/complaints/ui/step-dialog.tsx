import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Complaint, causes, complaints, decisions, endings } from '../contract.ts'
import { type About, AboutFields, sentAbout, useColleagues } from './about-fields.tsx'
import { stale } from './answers.ts'
import type { StepName } from './steps.ts'

type Values = About & {
  on: string
  investigatorId: string
  findings: string
  decision: string
  reasons: string
  redress: string
  letterOn: string
  clock: string
  by: number
  reason: string
  as: string
  cause: string
}
type Form = UseFormReturnType<Values>

const valuesOf = (complaint: Complaint): Values => {
  const now = complaint.stages.find(one => one.stage === complaint.stage)
  const clock = complaint.clocks.find(one => one.extension && one.lastDay && !one.keptOn)
  return {
    wants: complaint.wants,
    aboutStaffIds: complaint.about.map(one => String(one.id)),
    onBehalf: complaint.onBehalf,
    severity: String(complaint.severity),
    safety: complaint.safety,
    immediateAction: complaint.immediateAction,
    on: new Date().toLocaleDateString('sv-SE'),
    investigatorId: String(now?.investigator?.id ?? ''),
    findings: now?.findings ?? '',
    decision: 'upheld',
    reasons: '',
    redress: '',
    letterOn: '',
    clock: clock?.id ?? '',
    by: clock?.extension?.most ?? 5,
    reason: '',
    as: now?.decision ? 'accepted' : 'withdrawn',
    cause: 'other',
  }
}

/** What a step sends. */
const sent: Record<StepName, (values: Values, complaint: Complaint) => object> = {
  acknowledge: ({ on }) => ({ on }),
  update: ({ on }) => ({ on }),
  investigate: ({ investigatorId, findings }) => ({ investigatorId: Number(investigatorId) || null, findings }),
  respond: ({ decision, reasons, redress, on, letterOn }) => ({
    decision,
    reasons,
    redress,
    on,
    letterOn: letterOn || null,
  }),
  escalate: ({ on }) => ({ on }),
  extend: ({ clock, by, reason }) => ({ clock, by, reason }),
  assess: (values, { version }) => ({ ...sentAbout(values), version }),
  close: ({ as, cause, on }) => ({ as, cause, on }),
}

const Day = ({ form }: { form: Form }) => (
  <TextInput
    type="date"
    label={useSay()('complaint.on')}
    required
    withAsterisk={false}
    data-autofocus
    {...form.getInputProps('on')}
  />
)

const Investigate = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <>
      <NativeSelect
        data-autofocus
        label={t('complaint.investigator')}
        data={[{ value: '', label: t('words.nobody') }, ...useColleagues()]}
        {...form.getInputProps('investigatorId')}
      />
      <Textarea
        label={t('complaint.findings')}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={50_000}
        {...form.getInputProps('findings')}
      />
    </>
  )
}

const Respond = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <>
      <NativeSelect
        data-autofocus
        label={t('complaint.decisionIs')}
        data={decisions.map(value => ({ value, label: t(`complaint.decision.${value}`) }))}
        {...form.getInputProps('decision')}
      />
      {(['reasons', 'redress'] as const).map(name => (
        <Textarea
          key={name}
          label={t(`complaint.${name}`)}
          required={name === 'reasons'}
          withAsterisk={false}
          autosize
          minRows={name === 'reasons' ? 4 : 2}
          maxRows={12}
          {...form.getInputProps(name)}
        />
      ))}
      <div className="rp-columns">
        <TextInput type="date" label={t('complaint.on')} required withAsterisk={false} {...form.getInputProps('on')} />
        <TextInput type="date" label={t('complaint.letterOn')} {...form.getInputProps('letterOn')} />
      </div>
    </>
  )
}

const Extend = ({ form, complaint }: { form: Form; complaint: Complaint }) => {
  const t = useSay()
  const clocks = complaint.clocks.filter(one => one.extension && one.lastDay && !one.keptOn)
  const most = clocks.find(one => one.id === form.values.clock)?.extension?.most
  return (
    <>
      <NativeSelect
        data-autofocus
        label={t('complaint.clock')}
        data={clocks.map(one => ({ value: one.id, label: one.title }))}
        {...form.getInputProps('clock')}
      />
      <NumberInput
        label={t('complaint.extendBy')}
        description={most ? t('complaint.atMost', { n: most }) : undefined}
        min={1}
        {...form.getInputProps('by')}
      />
      <Textarea
        label={t('complaint.extendWhy')}
        required
        withAsterisk={false}
        autosize
        minRows={2}
        {...form.getInputProps('reason')}
      />
    </>
  )
}

const Close = ({ form }: { form: Form }) => {
  const t = useSay()
  return (
    <>
      <NativeSelect
        data-autofocus
        label={t('complaint.closeAs')}
        data={endings.map(value => ({ value, label: t(`complaint.as.${value}`) }))}
        {...form.getInputProps('as')}
      />
      <NativeSelect
        label={t('complaint.cause')}
        data={causes.map(value => ({ value, label: t(`complaint.cause.${value}`) }))}
        {...form.getInputProps('cause')}
      />
      <TextInput type="date" label={t('complaint.on')} required withAsterisk={false} {...form.getInputProps('on')} />
    </>
  )
}

const Fields = ({ form, complaint, step }: { form: Form; complaint: Complaint; step: StepName }) => {
  if (step === 'investigate') return <Investigate form={form} />
  if (step === 'respond') return <Respond form={form} />
  if (step === 'extend') return <Extend form={form} complaint={complaint} />
  if (step === 'assess') return <AboutFields form={form} />
  if (step === 'close') return <Close form={form} />
  return <Day form={form} />
}

type Props = { complaint: Complaint; step: StepName; close: () => void }

/** One step of a complaint. What is wrong with it stands at its field. */
export const StepDialog = ({ complaint, step, close }: Props) => {
  const t = useSay()
  const form = useForm<Values>({ initialValues: valuesOf(complaint) })
  const act = useAct(complaints[step] as typeof complaints.acknowledge, {
    quiet: true,
    refresh: stale,
    done: () => {
      close()
      told(t(`complaint.did.${step}`))
    },
  })
  const submit = form.onSubmit(values =>
    act.mutate(
      { id: complaint.caseId, ...sent[step](values, complaint) },
      {
        onError: problem => showFieldErrors(form, problem),
      },
    ),
  )
  const shown = ['on', 'investigatorId', 'reasons', 'clock', 'by', 'reason', 'as', 'aboutStaffIds']
  return (
    <FormDialog
      title={t(`complaint.step.${step}`)}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t(`complaint.do.${step}`)}
      size={step === 'assess' || step === 'respond' || step === 'investigate' ? 'lg' : 'md'}
    >
      <ProblemNote problem={act.error} shown={shown} />
      {(step === 'respond' || step === 'escalate' || step === 'close') && (
        <p className="rp-dim rp-small">{t(`complaint.text.${step}`)}</p>
      )}
      <Fields form={form} complaint={complaint} step={step} />
    </FormDialog>
  )
}
