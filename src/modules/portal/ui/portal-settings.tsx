import { Checkbox, NativeSelect, Switch, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { SaveButton } from '../../../ui/kit/save-button.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { caseKinds } from '../../cases/contract.ts'
import { useTeamOptions } from '../../identity/ui/index.ts'
import { portal, type PortalSettings as Settings } from '../contract.ts'

const Form = ({ settings }: { settings: Settings }) => {
  const t = useSay()
  const client = useQueryClient()
  const edit = useMay()('settings.edit')
  const teamOptions = useTeamOptions(t('portal.noTeam'))
  const form = useForm({
    initialValues: {
      open: settings.open,
      intro: settings.intro,
      kinds: settings.kinds,
      teamId: settings.teamId ? String(settings.teamId) : '',
    },
  })
  const act = useAct(portal.changeSettings, {
    quiet: true,
    done: saved => {
      client.setQueryData(keyOf(portal.settings, {}), saved)
      told(t('action.saved'))
    },
  })
  const submit = form.onSubmit(({ teamId, kinds, ...rest }) =>
    act.mutate(
      { ...rest, kinds, teamId: teamId ? Number(teamId) : null, version: settings.version },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <form onSubmit={submit} className="rp-stack" style={{ maxWidth: 520 }}>
      <ProblemNote problem={act.error} shown={['intro', 'kinds', 'teamId']} />
      <p>
        {t('portal.address')}: <a href={settings.address}>{settings.address}</a>
        <br />
        <span className="rp-dim rp-small">{t('portal.addressHint')}</span>
      </p>
      <Switch
        label={t('portal.open')}
        description={t('portal.openHint')}
        disabled={!edit}
        {...form.getInputProps('open', { type: 'checkbox' })}
      />
      <Textarea
        label={t('portal.intro')}
        description={t('portal.introHint')}
        autosize
        minRows={3}
        maxLength={2000}
        readOnly={!edit}
        {...form.getInputProps('intro')}
      />
      <NativeSelect label={t('portal.team')} disabled={!edit} data={teamOptions} {...form.getInputProps('teamId')} />
      <Checkbox.Group label={t('portal.kinds')} {...form.getInputProps('kinds')}>
        <div className="rp-stack" style={{ gap: 8, marginTop: 8 }}>
          {caseKinds.map(kind => (
            <Checkbox key={kind} value={kind} label={t(`ask.${kind}`)} disabled={!edit} />
          ))}
        </div>
      </Checkbox.Group>
      {edit && <SaveButton busy={act.isPending} changed={form.isDirty()} />}
    </form>
  )
}

/** The doors for customers who have no account. */
export const PortalSettings = () => {
  const t = useSay()
  const settings = useCall(portal.settings, {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('portal.title')} lead={t('portal.lead')} />
      {settings.data ? <Form key={settings.data.version} settings={settings.data} /> : <Loading rows={4} />}
    </div>
  )
}
