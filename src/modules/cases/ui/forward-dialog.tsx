import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../contract.ts'
import { working } from '../contract-working.ts'

/** Asks a colleague elsewhere, a maker, a carrier: by mail, in a conversation of its own that the customer never sees. */
export const ForwardDialog = ({ kase, close }: { kase: Case; close: () => void }) => {
  const t = useSay()
  const [address, setAddress] = useState('')
  const [text, setText] = useState('')
  const [quote, setQuote] = useState(true)
  const act = useAct(working.forward, {
    quiet: true,
    refresh: [cases.get, cases.messages, cases.timeline],
    done: () => {
      close()
      told(t('forward.done', { address }))
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: kase.id, address: address.trim(), text, quote })
  }
  return (
    <FormDialog
      title={t('forward.title')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('forward.submit')}
      size="lg"
    >
      <ProblemNote problem={act.error} />
      <TextInput
        type="email"
        label={t('forward.to')}
        description={t('forward.toText')}
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
        maxLength={254}
        required
        withAsterisk={false}
        data-autofocus
      />
      <Textarea
        label={t('forward.text')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={14}
        required
        withAsterisk={false}
      />
      <Checkbox label={t('forward.quote')} checked={quote} onChange={event => setQuote(event.currentTarget.checked)} />
    </FormDialog>
  )
}
