import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { PasswordField } from '../../../ui/kit/password-field.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { SaveButton } from '../../../ui/kit/save-button.tsx'
import { Secret } from '../../../ui/kit/secret.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { useTeamOptions } from '../../identity/ui/index.ts'
import { type TelephoneSettings, telephone } from '../contract.ts'

type Colleague = { id: number; name: string }

const useSettingsForm = (settings: TelephoneSettings, staff: readonly Colleague[]) => {
  const t = useSay()
  const client = useQueryClient()
  const form = useForm({
    initialValues: {
      teamId: settings.teamId ? String(settings.teamId) : '',
      callBack: settings.callBack,
      token: '',
      extensions: Object.fromEntries(
        staff.map(({ id }) => [String(id), settings.extensions.find(one => one.staffId === id)?.extension ?? '']),
      ) as Record<string, string>,
    },
  })
  const act = useAct(telephone.changeSettings, {
    quiet: true,
    done: saved => {
      client.setQueryData(keyOf(telephone.settings, {}), saved)
      told(t('action.saved'))
    },
  })
  const submit = form.onSubmit(({ teamId, token, callBack, extensions }) =>
    act.mutate(
      {
        callBack,
        teamId: teamId ? Number(teamId) : null,
        ...(token ? { token } : {}),
        extensions: Object.entries(extensions).flatMap(([staffId, extension]) =>
          extension.trim() ? [{ staffId: Number(staffId), extension: extension.trim() }] : [],
        ),
        version: settings.version,
      },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return { form, submit, act }
}

const Extensions = ({
  form,
  staff,
  edit,
}: Pick<ReturnType<typeof useSettingsForm>, 'form'> & { staff: readonly Colleague[]; edit: boolean }) => {
  const t = useSay()
  return (
    <fieldset className="rp-fieldset" style={{ justifyItems: 'stretch' }}>
      <legend>{t('telephone.extensions')}</legend>
      <p className="rp-dim rp-small">{t('telephone.extensionsText')}</p>
      <ul className="rp-list">
        {staff.map(({ id, name }) => (
          <li key={id}>
            <span className="rp-grow">{name}</span>
            <TextInput
              aria-label={t('telephone.extensionOf', { name })}
              maxLength={20}
              w={110}
              inputMode="numeric"
              readOnly={!edit}
              {...form.getInputProps(`extensions.${id}`)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

const Form = ({ settings, staff }: { settings: TelephoneSettings; staff: readonly Colleague[] }) => {
  const t = useSay()
  const edit = useMay()('settings.edit')
  const teamOptions = useTeamOptions(t('telephone.noTeam'))
  const { form, submit, act } = useSettingsForm(settings, staff)
  return (
    <form onSubmit={submit} className="rp-stack" style={{ maxWidth: 560 }}>
      <ProblemNote problem={act.error} shown={['token', 'teamId']} />
      <div>
        <div className="rp-legend">{t('telephone.hook')}</div>
        <p className="rp-dim rp-small">{t('telephone.hookText')}</p>
        <Secret label={t('telephone.hook')} text={settings.hookUrl} />
      </div>
      {edit && (
        <PasswordField
          label={t('telephone.secret')}
          description={t(settings.hasSecret ? 'telephone.secretSet' : 'telephone.secretNone')}
          autoComplete="new-password"
          {...form.getInputProps('token')}
        />
      )}
      <Switch
        label={t('telephone.callBack')}
        description={t('telephone.callBackText')}
        disabled={!edit}
        {...form.getInputProps('callBack', { type: 'checkbox' })}
      />
      <NativeSelect label={t('telephone.team')} disabled={!edit} data={teamOptions} {...form.getInputProps('teamId')} />
      <Extensions form={form} staff={staff} edit={edit} />
      {edit && <SaveButton busy={act.isPending} changed={form.isDirty()} />}
    </form>
  )
}

/** How calls come to us, and whose extension is whose. */
export const TelephoneSettingsPage = () => {
  const t = useSay()
  const settings = useCall(telephone.settings, {})
  const staff = useCall(identity.staff, {}, { staleTime: 5 * 60_000 })
  const there = staff.data?.items.filter(member => member.endedAt === null)
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('telephone.title')} lead={t('telephone.lead')} />
      {settings.data && there ? (
        <Form key={settings.data.version} settings={settings.data} staff={there} />
      ) : (
        <Loading rows={5} />
      )}
    </div>
  )
}
