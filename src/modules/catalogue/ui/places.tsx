import { Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { families, type Place } from '../contract.ts'

const PlaceForm = ({ place, close }: { place: Place | null; close: () => void }) => {
  const t = useSay()
  const form = useForm({ initialValues: { name: place?.name ?? '', address: place?.address ?? '', ended: false } })
  const options = { quiet: true, refresh: [families.places], done: close }
  const add = useAct(families.addPlace, options)
  const change = useAct(families.changePlace, options)
  const submit = form.onSubmit(({ ended, ...values }) => {
    const onError = { onError: (problem: Parameters<typeof showFieldErrors>[1]) => showFieldErrors(form, problem) }
    if (place) change.mutate({ id: place.id, version: place.version, ...values, ...(ended ? { ended } : {}) }, onError)
    else add.mutate(values, onError)
  })
  return (
    <FormDialog
      title={t(place ? 'places.edit' : 'places.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
    >
      <ProblemNote problem={add.error ?? change.error} shown={['name']} />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <Textarea label={t('places.address')} autosize minRows={2} {...form.getInputProps('address')} />
      {place && (
        <Switch
          label={t('places.end')}
          description={t('places.endText')}
          {...form.getInputProps('ended', { type: 'checkbox' })}
        />
      )}
    </FormDialog>
  )
}

/** Branches, stores and rooms. */
export const Places = () => {
  const t = useSay()
  const list = useCall(families.places, {})
  return (
    <Records
      title={t('places.title')}
      lead={t('places.lead')}
      add={t('places.add')}
      may={useMay()('catalogue.edit')}
      of={{ ...list, items: list.data?.items ?? [] }}
      none={<EmptyState title={t('places.none')} text={t('places.noneText')} />}
      editLabel={place => t('places.editNamed', { name: place.name })}
      form={(place, close) => <PlaceForm place={place} close={close} />}
    >
      {place => (
        <div className="rp-grow">
          <strong>{place.name}</strong>
          <div className="rp-dim rp-small">{place.address}</div>
        </div>
      )}
    </Records>
  )
}
