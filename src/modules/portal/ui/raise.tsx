import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useTeamOptions } from '../../identity/ui/index.ts'
import { portal } from '../contract.ts'
import { FilesField, useFiles } from './files.tsx'

/** Asks something of another department. */
export const Raise = ({ close }: { close: () => void }) => {
  const t = useSay()
  const go = useNavigate()
  const teamOptions = useTeamOptions(t('requests.anyTeam'))
  const form = useForm({ initialValues: { teamId: '', subject: '', text: '' } })
  const act = useAct(portal.raise, {
    quiet: true,
    refresh: [portal.requests],
    done: ({ id }) => {
      close()
      told(t('requests.sent', { number: id }))
      void go(`/requests/${id}`)
    },
  })
  const chosen = useFiles()
  const submit = form.onSubmit(({ teamId, ...said }) =>
    chosen.send(attachmentIds =>
      act.mutate(
        { ...said, attachmentIds, teamId: teamId ? Number(teamId) : null },
        { onError: problem => showFieldErrors(form, problem) },
      ),
    ),
  )
  return (
    <FormDialog
      title={t('requests.new')}
      close={close}
      onSubmit={submit}
      busy={chosen.sending || act.isPending}
      action={t('requests.send')}
    >
      <ProblemNote problem={chosen.problem ?? act.error} shown={['subject', 'text', 'teamId']} />
      <NativeSelect label={t('requests.team')} data={teamOptions} {...form.getInputProps('teamId')} />
      <TextInput
        label={t('requests.subject')}
        required
        withAsterisk={false}
        maxLength={300}
        data-autofocus
        {...form.getInputProps('subject')}
      />
      <Textarea
        label={t('requests.text')}
        required
        withAsterisk={false}
        autosize
        minRows={4}
        maxRows={14}
        maxLength={50_000}
        {...form.getInputProps('text')}
      />
      <FilesField chosen={chosen} />
    </FormDialog>
  )
}
