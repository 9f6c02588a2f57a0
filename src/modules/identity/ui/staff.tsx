import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { Label } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay, useMe } from '../../../ui/me.ts'
import { identity, type Staff as Member } from '../contract.ts'
import { AddStaff, EditStaff } from './staff-form.tsx'

const Access = ({ member }: { member: Member }) => {
  const t = useSay()
  const me = useMe()
  const act = useAct(identity.changeStaff, { refresh: [identity.staff, identity.teams] })
  if (member.id === me.id) return null
  const end = (ended: boolean) => act.mutate({ id: member.id, ended, version: member.version })
  if (member.endedAt)
    return (
      <Button size="compact-sm" variant="default" onClick={() => end(false)}>
        {t('staff.resume')}
      </Button>
    )
  return (
    <ConfirmButton
      size="compact-sm"
      variant="subtle"
      color="gray"
      action={t('staff.end')}
      label={t('staff.endNamed', { name: member.name })}
      question={t('staff.endQuestion', { name: member.name })}
      text={t('staff.endText')}
      onConfirm={() => end(true)}
    />
  )
}

/** Everybody who can sign in; those who left stand last. */
export const Staff = () => {
  const t = useSay()
  const edit = useMay()('staff.edit')
  const [open, setOpen] = useState<Member | 'new' | null>(null)
  const staff = useCall(identity.staff, {})
  const teams = useCall(identity.teams, {})
  const teamsOf = (member: Member) =>
    teams.data?.items.filter(team => member.teamIds.includes(team.id)).map(team => team.name) ?? []
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('staff.title')} lead={t('staff.lead')}>
        {edit && <Button onClick={() => setOpen('new')}>{t('staff.add')}</Button>}
      </PageHeader>
      {staff.isPending && <Loading />}
      {staff.data && (
        <ul className="rp-list">
          {staff.data.items.map(member => (
            <li key={member.id}>
              <Avatar name={member.name} size={32} />
              <div className="rp-grow">
                <strong>{member.name}</strong>
                <div className="rp-dim rp-small rp-truncate">{member.email}</div>
                <div className="rp-dim rp-small">{[member.roleName, ...teamsOf(member)].join(' · ')}</div>
              </div>
              {member.endedAt && <Label tone="plain">{t('staff.ended')}</Label>}
              {edit && (
                <>
                  <Access member={member} />
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => setOpen(member)}
                    aria-label={t('staff.editNamed', { name: member.name })}
                  >
                    {t('action.edit')}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {open === 'new' && <AddStaff close={() => setOpen(null)} />}
      {open !== null && open !== 'new' && <EditStaff member={open} close={() => setOpen(null)} />}
    </div>
  )
}
