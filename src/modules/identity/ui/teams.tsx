import { Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity, type Team } from '../contract.ts'

const TeamForm = ({ team, close }: { team: Team | null; close: () => void }) => {
  const t = useSay()
  const calendars = useCall(identity.calendars, {})
  const form = useForm({
    initialValues: {
      name: team?.name ?? '',
      description: team?.description ?? '',
      calendarId: team?.calendarId ? String(team.calendarId) : null,
    },
  })
  const options = { quiet: true, refresh: [identity.teams, identity.me], done: close }
  const add = useAct(identity.addTeam, options)
  const change = useAct(identity.changeTeam, options)
  const submit = form.onSubmit(values => {
    const input = { ...values, calendarId: values.calendarId ? Number(values.calendarId) : null }
    if (team)
      change.mutate(
        { id: team.id, version: team.version, ...input },
        { onError: problem => showFieldErrors(form, problem) },
      )
    else add.mutate(input, { onError: problem => showFieldErrors(form, problem) })
  })
  return (
    <FormDialog
      title={t(team ? 'teams.edit' : 'teams.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
    >
      <ProblemNote problem={add.error ?? change.error} shown={['name', 'description']} />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <Textarea label={t('teams.description')} autosize minRows={2} {...form.getInputProps('description')} />
      <Select
        label={t('teams.calendar')}
        placeholder={t('teams.calendarOwn')}
        clearable
        data={calendars.data?.items.map(item => ({ value: String(item.id), label: item.name })) ?? []}
        {...form.getInputProps('calendarId')}
      />
    </FormDialog>
  )
}

export const Teams = () => {
  const t = useSay()
  const teams = useCall(identity.teams, {})
  const staff = useCall(identity.staff, {})
  const nameOf = (id: number) => staff.data?.items.find(member => member.id === id)?.name
  return (
    <Records
      title={t('teams.title')}
      lead={t('teams.lead')}
      add={t('teams.add')}
      may={useMay()('settings.edit')}
      of={{ ...teams, items: teams.data?.items }}
      none={<EmptyState title={t('teams.none')} text={t('teams.noneText')} />}
      editLabel={team => t('teams.editNamed', { name: team.name })}
      form={(team, close) => <TeamForm team={team} close={close} />}
    >
      {team => (
        <>
          <div className="rp-grow">
            <strong>{team.name}</strong>
            {team.description && <div className="rp-dim rp-small">{team.description}</div>}
            <div className="rp-dim rp-small">{team.memberIds.map(nameOf).filter(Boolean).join(', ')}</div>
          </div>
          <span className="rp-dim rp-small">{t('teams.members', { count: team.memberIds.length })}</span>
        </>
      )}
    </Records>
  )
}
