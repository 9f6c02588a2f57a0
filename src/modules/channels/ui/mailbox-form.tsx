import { NumberInput, Radio, Select, Switch, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import type { Problem } from '../../../ui/call.ts'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { channels, type Mailbox } from '../contract.ts'

type Values = {
  name: string
  address: string
  kind: Mailbox['kind']
  teamId: string | null
  acknowledge: boolean
  imap: { host: string; port: number; secure: boolean; user: string; folder: string }
  password: string
}

const startOf = (box: Mailbox | null): Values => ({
  name: box?.name ?? '',
  address: box?.address ?? '',
  kind: box?.kind ?? 'listener',
  teamId: box?.teamId ? String(box.teamId) : null,
  acknowledge: box?.acknowledge ?? true,
  imap: {
    host: box?.imap?.host ?? '',
    port: box?.imap?.port ?? 993,
    secure: box?.imap?.secure ?? true,
    user: box?.imap?.user ?? '',
    folder: box?.imap?.folder ?? 'INBOX',
  },
  password: '',
})

const Imap = ({ form, known }: { form: UseFormReturnType<Values>; known: boolean }) => {
  const t = useSay()
  return (
    <>
      <div className="rp-columns">
        <TextInput label={t('mailboxes.host')} required withAsterisk={false} {...form.getInputProps('imap.host')} />
        <NumberInput
          label={t('mailboxes.port')}
          min={1}
          max={65_535}
          hideControls
          {...form.getInputProps('imap.port')}
        />
        <TextInput
          label={t('mailboxes.user')}
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps('imap.user')}
        />
        <TextInput label={t('mailboxes.folder')} {...form.getInputProps('imap.folder')} />
      </div>
      <PasswordField
        label={t('mailboxes.password')}
        description={known ? t('mailboxes.passwordKeep') : undefined}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
      <Switch label={t('mailboxes.secure')} {...form.getInputProps('imap.secure', { type: 'checkbox' })} />
    </>
  )
}

const useMailboxForm = (box: Mailbox | null, close: () => void) => {
  const form = useForm<Values>({ initialValues: startOf(box) })
  const options = { quiet: true, refresh: [channels.mailboxes], done: close }
  const add = useAct(channels.addMailbox, options)
  const change = useAct(channels.changeMailbox, options)
  const onError = (problem: Problem) => showFieldErrors(form, problem)
  const submit = form.onSubmit(({ name, address, kind, teamId, acknowledge, imap, password }) => {
    const common = { name, teamId: teamId ? Number(teamId) : null, acknowledge, ...(password ? { password } : {}) }
    const withImap = kind === 'imap' ? { imap } : {}
    if (box) change.mutate({ id: box.id, version: box.version, ...common, ...withImap }, { onError })
    else add.mutate({ address, kind, ...common, ...withImap }, { onError })
  })
  return { form, submit, busy: add.isPending || change.isPending, problem: add.error ?? change.error }
}

export const MailboxForm = ({ box, close }: { box: Mailbox | null; close: () => void }) => {
  const t = useSay()
  const teams = useCall(identity.teams, {})
  const { form, submit, busy, problem } = useMailboxForm(box, close)
  return (
    <FormDialog
      size="lg"
      title={t(box ? 'mailboxes.edit' : 'mailboxes.add')}
      close={close}
      onSubmit={submit}
      busy={busy}
    >
      <ProblemNote problem={problem} shown={['name', 'address', 'imap.host', 'imap.user', 'imap.port', 'password']} />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      {!box && (
        <TextInput
          label={t('mailboxes.address')}
          type="email"
          required
          withAsterisk={false}
          {...form.getInputProps('address')}
        />
      )}
      {!box && (
        <Radio.Group label={t('mailboxes.kind')} {...form.getInputProps('kind')}>
          <div className="rp-stack" style={{ gap: 8, paddingTop: 6 }}>
            <Radio value="listener" label={t('mailboxes.listener')} description={t('mailboxes.listenerText')} />
            <Radio value="imap" label={t('mailboxes.imap')} description={t('mailboxes.imapText')} />
          </div>
        </Radio.Group>
      )}
      {form.values.kind === 'imap' && <Imap form={form} known={box !== null} />}
      <Select
        label={t('mailboxes.team')}
        placeholder={t('mailboxes.teamNone')}
        clearable
        data={teams.data?.items.map(team => ({ value: String(team.id), label: team.name })) ?? []}
        {...form.getInputProps('teamId')}
      />
      <Switch
        label={t('mailboxes.acknowledge')}
        description={t('mailboxes.acknowledgeText')}
        {...form.getInputProps('acknowledge', { type: 'checkbox' })}
      />
    </FormDialog>
  )
}
