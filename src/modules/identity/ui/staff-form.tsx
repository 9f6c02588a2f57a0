import { MultiSelect, Select, TextInput } from '@mantine/core'
import { type UseFormReturnType, useForm } from '@mantine/form'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity, type Staff } from '../contract.ts'

type Values = {
  name: string
  email: string
  password: string
  roleId: string
  teamIds: string[]
  managerId: string | null
}

const idOf = (value: string | null): number | null => (value ? Number(value) : null)

const Place = ({ form, selfId }: { form: UseFormReturnType<Values>; selfId?: number }) => {
  const t = useSay()
  const roles = useCall(identity.roles, {})
  const teams = useCall(identity.teams, {})
  const staff = useCall(identity.staff, {})
  const role = roles.data?.items.find(item => String(item.id) === form.values.roleId)
  return (
    <>
      <Select
        label={t('staff.role')}
        description={role?.description}
        required
        withAsterisk={false}
        allowDeselect={false}
        data={roles.data?.items.map(item => ({ value: String(item.id), label: item.name })) ?? []}
        {...form.getInputProps('roleId')}
      />
      <MultiSelect
        label={t('staff.teams')}
        placeholder={form.values.teamIds.length === 0 ? t('staff.noTeams') : ''}
        data={teams.data?.items.map(item => ({ value: String(item.id), label: item.name })) ?? []}
        {...form.getInputProps('teamIds')}
      />
      <Select
        label={t('staff.manager')}
        placeholder={t('staff.noManager')}
        clearable
        searchable
        data={
          staff.data?.items
            .filter(one => one.endedAt === null && one.id !== selfId)
            .map(one => ({ value: String(one.id), label: one.name })) ?? []
        }
        {...form.getInputProps('managerId')}
      />
    </>
  )
}

const shown = ['name', 'email', 'password', 'roleId', 'teamIds', 'managerId']
const refresh = [identity.staff, identity.teams]

export const AddStaff = ({ close }: { close: () => void }) => {
  const t = useSay()
  const form = useForm<Values>({
    initialValues: { name: '', email: '', password: '', roleId: '', teamIds: [], managerId: null },
  })
  const act = useAct(identity.addStaff, { quiet: true, refresh, done: close })
  const submit = form.onSubmit(values =>
    act.mutate(
      {
        ...values,
        roleId: Number(values.roleId),
        teamIds: values.teamIds.map(Number),
        managerId: idOf(values.managerId),
      },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <FormDialog title={t('staff.add')} close={close} onSubmit={submit} busy={act.isPending}>
      <ProblemNote problem={act.error} shown={shown} />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('signIn.email')}
        type="email"
        autoComplete="off"
        required
        withAsterisk={false}
        {...form.getInputProps('email')}
      />
      <PasswordField
        label={t('staff.firstPassword')}
        description={t('staff.firstPasswordText')}
        autoComplete="new-password"
        required
        withAsterisk={false}
        {...form.getInputProps('password')}
      />
      <Place form={form} />
    </FormDialog>
  )
}

export const EditStaff = ({ member, close }: { member: Staff; close: () => void }) => {
  const t = useSay()
  const form = useForm<Values>({
    initialValues: {
      name: member.name,
      email: member.email,
      password: '',
      roleId: String(member.roleId),
      teamIds: member.teamIds.map(String),
      managerId: member.managerId === null ? null : String(member.managerId),
    },
  })
  const act = useAct(identity.changeStaff, { quiet: true, refresh, done: close })
  const submit = form.onSubmit(({ name, password, roleId, teamIds, managerId }) =>
    act.mutate(
      {
        id: member.id,
        version: member.version,
        name,
        roleId: Number(roleId),
        teamIds: teamIds.map(Number),
        managerId: idOf(managerId),
        ...(password ? { password } : {}),
      },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <FormDialog
      title={t('staff.editNamed', { name: member.name })}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
    >
      <ProblemNote problem={act.error} shown={shown} />
      <TextInput label={t('words.name')} required withAsterisk={false} {...form.getInputProps('name')} />
      <Place form={form} selfId={member.id} />
      <PasswordField
        label={t('staff.newPassword')}
        description={t('staff.newPasswordText')}
        autoComplete="new-password"
        {...form.getInputProps('password')}
      />
    </FormDialog>
  )
}
