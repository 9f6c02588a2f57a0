import { NativeSelect, NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { portal } from '../../portal/contract.ts'
import { type Offer, type OfferField, offers } from '../contract.ts'

type Value = string | number | boolean | null
type Answers = Record<string, Value>

const Field = ({ field, value, set }: { field: OfferField; value: Value; set: (value: Value) => void }) => {
  const shared = { label: field.label, required: field.required, withAsterisk: field.required }
  if (field.type === 'flag')
    return <Switch label={field.label} checked={value === true} onChange={event => set(event.currentTarget.checked)} />
  if (field.type === 'number')
    return (
      <NumberInput
        {...shared}
        value={typeof value === 'number' ? value : ''}
        onChange={next => set(typeof next === 'number' ? next : null)}
      />
    )
  if (field.type === 'choice')
    return (
      <NativeSelect
        {...shared}
        data={[{ value: '', label: '' }, ...field.choices]}
        value={typeof value === 'string' ? value : ''}
        onChange={event => set(event.currentTarget.value || null)}
      />
    )
  return (
    <TextInput
      {...shared}
      type={field.type === 'date' ? 'date' : 'text'}
      maxLength={2000}
      value={typeof value === 'string' ? value : ''}
      onChange={event => set(event.currentTarget.value || null)}
    />
  )
}

/** The form of an offer. */
export const AskDialog = ({ offer, close }: { offer: Offer; close: () => void }) => {
  const t = useSay()
  const go = useNavigate()
  const [answers, setAnswers] = useState<Answers>({})
  const [note, setNote] = useState('')
  const act = useAct(offers.ask, {
    quiet: true,
    refresh: [offers.requests, portal.requests],
    done: request => {
      close()
      told(request.approver ? t('offer.askedApproval', { name: request.approver.name }) : t('offer.asked'))
      if (request.case) void go(`/requests/${request.case.id}`)
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: offer.id, answers, note })
  }
  return (
    <FormDialog title={offer.name} close={close} onSubmit={submit} busy={act.isPending} action={t('offer.ask')}>
      <ProblemNote problem={act.error} />
      {offer.description && <p className="rp-dim">{offer.description}</p>}
      {offer.needsApproval && <Notice>{t('offer.approval')}</Notice>}
      {offer.fields.map(field => (
        <Field
          key={field.key}
          field={field}
          value={answers[field.key] ?? null}
          set={value => setAnswers(before => ({ ...before, [field.key]: value }))}
        />
      ))}
      <Textarea
        label={t('offer.note')}
        autosize
        minRows={2}
        maxLength={10_000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
