import { MultiSelect, TextInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { identity } from '../../identity/contract.ts'
import { codes } from '../contract.ts'
import type { Code } from '../contract-shapes.ts'

/** Asks staff to read what is published, by a day. */
export const CampaignDialog = ({ code, close }: { code: Code; close: () => void }) => {
  const t = useSay()
  const roles = useCall(identity.roles, {}).data?.items ?? []
  const teams = useCall(identity.teams, {}).data?.items ?? []
  const [dueOn, setDueOn] = useState('')
  const [roleIds, setRoleIds] = useState<string[]>([])
  const [teamIds, setTeamIds] = useState<string[]>([])
  const act = useAct(codes.startCampaign, {
    quiet: true,
    refresh: [codes.code, codes.codes, codes.register],
    done: ({ asked }) => {
      told(t('codes.campaign.asked', { count: asked }))
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: code.id, dueOn, roleIds: roleIds.map(Number), teamIds: teamIds.map(Number) })
  }
  return (
    <FormDialog
      title={t('codes.campaign.start')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      ready={dueOn !== ''}
      action={t('codes.campaign.ask')}
    >
      <ProblemNote problem={act.error} />
      <p className="rp-dim" style={{ margin: 0 }}>
        {t('codes.campaign.text')}
      </p>
      <TextInput
        type="date"
        label={t('codes.campaign.by')}
        data-autofocus
        value={dueOn}
        onChange={event => setDueOn(event.currentTarget.value)}
      />
      <MultiSelect
        label={t('codes.campaign.roles')}
        data={roles.map(one => ({ value: String(one.id), label: one.name }))}
        value={roleIds}
        onChange={setRoleIds}
      />
      <MultiSelect
        label={t('codes.campaign.teams')}
        data={teams.map(one => ({ value: String(one.id), label: one.name }))}
        value={teamIds}
        onChange={setTeamIds}
      />
    </FormDialog>
  )
}
