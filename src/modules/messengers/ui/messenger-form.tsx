import { NativeSelect, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { type Problem, useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useTeamOptions } from '../../identity/ui/index.ts'
import { accountFields, type Messenger, type MessengerKind, messengerKinds, messengers } from '../contract.ts'

type Values = {
  kind: MessengerKind
  name: string
  address: string
  teamId: string
  settings: Record<string, string>
  token: Record<string, string>
}

const startOf = (account: Messenger | null): Values => ({
  kind: account?.kind ?? 'twilio_sms',
  name: account?.name ?? '',
  address: account?.address ?? '',
  teamId: account?.teamId ? String(account.teamId) : '',
  settings: { accountSid: '', phoneNumberId: '', baseUrl: '', ...account?.settings },
  token: { authToken: '', accessToken: '', appSecret: '', verifyToken: '', botToken: '' },
})

const picked = (names: readonly string[], from: Record<string, string>): Record<string, string> =>
  Object.fromEntries(names.flatMap(name => (from[name] ? [[name, from[name]]] : [])))

const useMessengerForm = (account: Messenger | null, close: () => void) => {
  const form = useForm<Values>({ initialValues: startOf(account) })
  const options = { quiet: true, refresh: [messengers.list], done: close }
  const add = useAct(messengers.add, options)
  const change = useAct(messengers.change, options)
  const onError = (problem: Problem) => showFieldErrors(form, problem)
  const submit = form.onSubmit(({ kind, teamId, settings, token, ...rest }) => {
    const fields = accountFields[kind]
    const common = {
      ...rest,
      teamId: teamId ? Number(teamId) : null,
      settings: picked([...fields.settings, 'baseUrl'], settings),
      token: picked(fields.secrets, token),
    }
    if (account) change.mutate({ id: account.id, version: account.version, ...common }, { onError })
    else add.mutate({ kind, ...common }, { onError })
  })
  return { form, submit, busy: add.isPending || change.isPending, problem: add.error ?? change.error }
}

/** What this kind of account needs, secrets last. */
const Fields = ({ form, known }: { form: UseFormReturnType<Values>; known: boolean }) => {
  const t = useSay()
  const { settings, secrets } = accountFields[form.values.kind]
  const hint = known ? t('messengers.keep') : t('messengers.sealed')
  return (
    <>
      {settings.map(name => (
        <TextInput
          key={name}
          label={t(`messengers.field.${name}`)}
          required
          withAsterisk={false}
          autoComplete="off"
          {...form.getInputProps(`settings.${name}`)}
        />
      ))}
      {secrets.map(name => (
        <PasswordField
          key={name}
          label={t(`messengers.field.${name}`)}
          description={name === 'verifyToken' ? `${t('messengers.verifyTokenHint')} ${known ? hint : ''}` : hint}
          required={!known}
          withAsterisk={false}
          autoComplete="new-password"
          {...form.getInputProps(`token.${name}`)}
        />
      ))}
      <TextInput
        label={t('messengers.baseUrl')}
        description={t('messengers.baseUrlHint')}
        type="url"
        {...form.getInputProps('settings.baseUrl')}
      />
    </>
  )
}

export const MessengerForm = ({ account, close }: { account: Messenger | null; close: () => void }) => {
  const t = useSay()
  const teamOptions = useTeamOptions(t('messengers.teamNone'))
  const { form, submit, busy, problem } = useMessengerForm(account, close)
  const { kind } = form.values
  const shown = ['name', 'address', 'teamId', 'settings.baseUrl']
  const fields = accountFields[kind]
  return (
    <FormDialog title={t(account ? 'messengers.edit' : 'messengers.add')} close={close} onSubmit={submit} busy={busy}>
      <ProblemNote
        problem={problem}
        shown={[
          ...shown,
          ...fields.settings.map(name => `settings.${name}`),
          ...fields.secrets.map(name => `token.${name}`),
        ]}
      />
      {!account && (
        <NativeSelect
          label={t('messengers.kind')}
          data={messengerKinds.map(value => ({ value, label: t(`messenger.${value}`) }))}
          {...form.getInputProps('kind')}
        />
      )}
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t(`messengers.address.${kind}`)}
        required
        withAsterisk={false}
        {...form.getInputProps('address')}
      />
      <Fields form={form} known={account !== null} />
      <NativeSelect label={t('messengers.team')} data={teamOptions} {...form.getInputProps('teamId')} />
    </FormDialog>
  )
}
