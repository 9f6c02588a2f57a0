import { Button, Select, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { signedIn } from '../../../ui/session.ts'
import { identity } from '../contract.ts'
import { signInWithPassword } from './auth.ts'
import { Door } from './door.tsx'
import { zones } from './zones.ts'

const useSetUp = () => {
  const go = useNavigate()
  const client = useQueryClient()
  const form = useForm({
    initialValues: {
      organisation: '',
      name: '',
      email: '',
      password: '',
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      sample: false,
    },
  })
  const act = useAct(identity.setUp, {
    quiet: true,
    done: async (_, { email, password }) => {
      const next = await signInWithPassword(email, password).catch(() => 'code' as const)
      client.clear()
      signedIn()
      await go(next === 'in' ? '/queue' : '/sign-in', { replace: true })
    },
  })
  const submit = form.onSubmit(values =>
    act.mutate({ ...values, email: values.email.trim() }, { onError: problem => showFieldErrors(form, problem) }),
  )
  return { form, act, submit }
}

/** The first minutes: who we are and who looks after Rapport. Everything here can be changed later. */
export const SetUp = () => {
  const t = useSay()
  const state = useCall(identity.setupState, {})
  const { form, act, submit } = useSetUp()
  if (state.data && !state.data.needed && act.isIdle) return <Navigate to="/sign-in" replace />
  const plain = { required: true, withAsterisk: false, size: 'md' } as const
  return (
    <Door title={t('setUp.title')} lead={t('setUp.lead')}>
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={act.error} shown={Object.keys(form.values)} />
        <TextInput
          label={t('setUp.organisation')}
          description={t('setUp.organisationText')}
          autoComplete="organization"
          {...plain}
          {...form.getInputProps('organisation')}
        />
        <TextInput label={t('setUp.name')} autoComplete="name" {...plain} {...form.getInputProps('name')} />
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          {...plain}
          {...form.getInputProps('email')}
        />
        <PasswordField
          label={t('signIn.password')}
          description={t('setUp.passwordText')}
          autoComplete="new-password"
          {...plain}
          {...form.getInputProps('password')}
        />
        <Select
          label={t('setUp.zone')}
          data={zones()}
          searchable
          allowDeselect={false}
          size="md"
          {...form.getInputProps('zone')}
        />
        <Switch
          label={t('setUp.sample')}
          description={t('setUp.sampleText')}
          {...form.getInputProps('sample', { type: 'checkbox' })}
        />
        <Button type="submit" size="md" fullWidth loading={act.isPending}>
          {t('setUp.submit')}
        </Button>
      </form>
    </Door>
  )
}
