import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
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
    <Modal
      opened
      onClose={close}
      title={t(team ? 'teams.edit' : 'teams.add')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={add.error ?? change.error} shown={['name', 'description']} />
        <TextInput
          label={t('words.name')}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Textarea label={t('teams.description')} autosize minRows={2} {...form.getInputProps('description')} />
        <Select
          label={t('teams.calendar')}
          placeholder={t('teams.calendarOwn')}
          clearable
          data={calendars.data?.items.map(item => ({ value: String(item.id), label: item.name })) ?? []}
          {...form.getInputProps('calendarId')}
        />
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export const Teams = () => {
  const t = useSay()
  const edit = useMay()('settings.edit')
  const [open, setOpen] = useState<Team | 'new' | null>(null)
  const teams = useCall(identity.teams, {})
  const staff = useCall(identity.staff, {})
  const nameOf = (id: number) => staff.data?.items.find(member => member.id === id)?.name
  const items = teams.data?.items ?? []
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('teams.title')} lead={t('teams.lead')}>
        {edit && <Button onClick={() => setOpen('new')}>{t('teams.add')}</Button>}
      </PageHeader>
      {teams.isPending && <Loading />}
      {teams.data && items.length === 0 && <EmptyState title={t('teams.none')} text={t('teams.noneText')} />}
      {items.length > 0 && (
        <ul className="rp-list">
          {items.map(team => (
            <li key={team.id}>
              <div className="rp-grow">
                <strong>{team.name}</strong>
                {team.description && <div className="rp-dim rp-small">{team.description}</div>}
                <div className="rp-dim rp-small">{team.memberIds.map(nameOf).filter(Boolean).join(', ')}</div>
              </div>
              <span className="rp-dim rp-small">{t('teams.members', { count: team.memberIds.length })}</span>
              {edit && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setOpen(team)}
                  aria-label={t('teams.editNamed', { name: team.name })}
                >
                  {t('action.edit')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {open && <TeamForm team={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </div>
  )
}
