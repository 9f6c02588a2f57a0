import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import { IconBuildingStore } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { type Offer, type OfferField, offers } from '../contract.ts'
import { OfferFields, withKeys } from './offer-fields.tsx'
import { useSpan } from './span.ts'

const Form = ({ offer, close }: { offer: Offer | null; close: () => void }) => {
  const t = useSay()
  const teams = useTeams()
  const [teamId, setTeamId] = useState(offer ? String(offer.teamId) : '')
  const [name, setName] = useState(offer?.name ?? '')
  const [description, setDescription] = useState(offer?.description ?? '')
  const [fields, setFields] = useState<OfferField[]>(offer?.fields ?? [])
  const [minutes, setMinutes] = useState<number | string>(offer?.targetMinutes ?? '')
  const [approval, setApproval] = useState(offer?.needsApproval ?? false)
  const options = { quiet: true, refresh: [offers.offers], done: close }
  const [add, change] = [useAct(offers.addOffer, options), useAct(offers.changeOffer, options)]
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const given = {
      teamId: Number(teamId),
      name,
      description,
      fields: withKeys(fields),
      targetMinutes: minutes === '' ? null : Number(minutes),
      needsApproval: approval,
    }
    if (offer) change.mutate({ id: offer.id, version: offer.version, ...given })
    else add.mutate(given)
  }
  return (
    <FormDialog
      title={t(offer ? 'offers.edit' : 'offers.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      ready={name.trim() !== '' && teamId !== '' && fields.every(field => field.label.trim() !== '')}
      size="lg"
    >
      <ProblemNote problem={add.error ?? change.error} />
      <div className="rp-columns">
        <TextInput
          label={t('offers.name')}
          value={name}
          maxLength={100}
          onChange={event => setName(event.currentTarget.value)}
          data-autofocus
        />
        <NativeSelect
          label={t('offers.team')}
          data={[{ value: '', label: '' }, ...teams.map(team => ({ value: String(team.id), label: team.name }))]}
          value={teamId}
          onChange={event => setTeamId(event.currentTarget.value)}
        />
      </div>
      <Textarea
        label={t('offers.description')}
        autosize
        minRows={2}
        maxLength={2000}
        value={description}
        onChange={event => setDescription(event.currentTarget.value)}
      />
      <NumberInput
        label={t('offers.minutes')}
        description={t('offers.minutesText')}
        value={minutes}
        min={1}
        max={1_000_000}
        onChange={setMinutes}
      />
      <Checkbox
        label={t('offers.approval')}
        checked={approval}
        onChange={event => setApproval(event.currentTarget.checked)}
      />
      <h3>{t('offers.form')}</h3>
      <OfferFields fields={fields} set={setFields} />
    </FormDialog>
  )
}

/** What departments do for each other, and how it went. */
export const Offers = () => {
  const t = useSay()
  const span = useSpan()
  const may = useMay()('settings.edit')
  const list = useCall(offers.offers, {})
  const change = useAct(offers.changeOffer, { refresh: [offers.offers] })
  return (
    <Records
      title={t('offers.title')}
      lead={t('offers.lead')}
      add={t('offers.add')}
      may={may}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconBuildingStore size={34} stroke={1.2} />}
          title={t('offers.none')}
          text={t('offers.noneText')}
        />
      }
      editLabel={one => `${t('action.edit')} ${one.name}`}
      form={(offer, close) => <Form offer={offer} close={close} />}
    >
      {one => (
        <>
          <div className="rp-grow">
            <strong>{one.name}</strong>{' '}
            <span className="rp-dim">
              {one.team}
              {one.targetMinutes !== null && ` · ${span(one.targetMinutes)}`}
              {one.needsApproval && ` · ${t('offers.approval')}`}
            </span>
            <div className="rp-dim rp-small">{t('offers.figures', one.figures)}</div>
          </div>
          {may && (
            <ConfirmButton
              size="compact-sm"
              action={t('offers.end')}
              label={`${t('offers.end')}: ${one.name}`}
              question={t('offers.endQuestion', { name: one.name })}
              text={t('offers.endText')}
              onConfirm={() => change.mutate({ id: one.id, ended: true, version: one.version })}
            />
          )}
        </>
      )}
    </Records>
  )
}
