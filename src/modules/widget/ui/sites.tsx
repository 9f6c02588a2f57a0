import { ColorInput, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconMessageCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { Secret } from '../../../ui/kit/secret.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useTeamOptions } from '../../identity/ui/index.ts'
import { type Site, widget } from '../contract.ts'

type Told = { site: Site; secret: string }

const blank = { name: '', origin: 'https://', teamId: '', greeting: '', colour: '#156c5f' }

const SiteForm = ({ site, close, told }: { site: Site | null; close: () => void; told: (told: Told) => void }) => {
  const t = useSay()
  const teamOptions = useTeamOptions(t('widget.noTeam'))
  const form = useForm({
    initialValues: site
      ? {
          name: site.name,
          origin: site.origin,
          teamId: String(site.teamId ?? ''),
          greeting: site.greeting,
          colour: site.colour,
        }
      : blank,
  })
  const options = { quiet: true, refresh: [widget.sites] }
  const [add, change] = [useAct(widget.addSite, options), useAct(widget.changeSite, options)]
  const submit = form.onSubmit(({ teamId, ...values }) => {
    const input = { ...values, teamId: teamId ? Number(teamId) : null }
    const onError = (problem: Parameters<typeof showFieldErrors>[1]) => showFieldErrors(form, problem)
    if (site) change.mutate({ id: site.id, version: site.version, ...input }, { onSuccess: close, onError })
    else
      add.mutate(input, {
        onSuccess: ({ secret, ...made }) => {
          close()
          told({ site: made, secret })
        },
        onError,
      })
  })
  return (
    <FormDialog
      title={t(site ? 'widget.edit' : 'widget.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
    >
      <ProblemNote problem={add.error ?? change.error} shown={['name', 'origin', 'colour', 'greeting', 'teamId']} />
      <TextInput
        label={t('widget.name')}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('widget.origin')}
        description={t('widget.originHint')}
        type="url"
        required
        withAsterisk={false}
        {...form.getInputProps('origin')}
      />
      <NativeSelect label={t('widget.team')} data={teamOptions} {...form.getInputProps('teamId')} />
      <Textarea label={t('widget.greeting')} autosize maxLength={500} {...form.getInputProps('greeting')} />
      <ColorInput label={t('widget.colour')} format="hex" {...form.getInputProps('colour')} />
    </FormDialog>
  )
}

/** What goes into the pages of the site, and the secret, which is told once. */
const Snippet = ({ told, close }: { told: Told; close: () => void }) => {
  const t = useSay()
  return (
    <Modal
      opened
      onClose={close}
      title={told.site.name}
      size={640}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className="rp-stack">
        <div>
          <p>{t('widget.snippet')}</p>
          <Secret text={told.site.snippet} label={t('widget.snippet')} />
        </div>
        <div>
          <p>{t('widget.secret')}</p>
          <p className="rp-dim rp-small">{t('widget.secretText')}</p>
          <Secret text={told.secret} label={t('widget.secret')} />
        </div>
      </div>
    </Modal>
  )
}

const Line = ({ site, told }: { site: Site; told: (told: Told) => void }) => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const change = useAct(widget.changeSite, { refresh: [widget.sites] })
  return (
    <>
      <div className="rp-grow">
        <strong>{site.name}</strong>
        <div className="rp-dim rp-small">{site.origin}</div>
        <code className="rp-code">{site.snippet}</code>
      </div>
      {may && (
        <>
          <ConfirmButton
            size="compact-sm"
            action={t('widget.newSecret')}
            label={`${t('widget.newSecret')} ${site.name}`}
            question={t('widget.newSecret')}
            text={t('widget.newSecretText')}
            onConfirm={() =>
              change.mutate(
                { id: site.id, newSecret: true },
                { onSuccess: ({ secret, ...saved }) => secret && told({ site: saved, secret }) },
              )
            }
          />
          <ConfirmButton
            size="compact-sm"
            action={t('widget.end')}
            label={`${t('widget.end')} ${site.name}`}
            question={t('widget.end')}
            text={t('widget.endText')}
            onConfirm={() => change.mutate({ id: site.id, ended: true })}
          />
        </>
      )}
    </>
  )
}

/** The websites that show the window. */
export const Sites = () => {
  const t = useSay()
  const [told, tell] = useState<Told | null>(null)
  const list = useCall(widget.sites, {})
  return (
    <>
      <Records
        title={t('widget.title')}
        lead={t('widget.lead')}
        add={t('widget.add')}
        may={useMay()('settings.edit')}
        of={{ ...list, items: list.data?.items }}
        none={
          <EmptyState
            icon={<IconMessageCircle size={34} stroke={1.2} />}
            title={t('widget.none')}
            text={t('widget.noneText')}
          />
        }
        editLabel={site => `${t('action.edit')} ${site.name}`}
        form={(site, close) => <SiteForm site={site} close={close} told={tell} />}
      >
        {site => <Line site={site} told={tell} />}
      </Records>
      {told && <Snippet told={told} close={() => tell(null)} />}
    </>
  )
}
