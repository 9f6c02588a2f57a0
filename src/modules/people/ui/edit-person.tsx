import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Channel, channels, type Person, people } from '../contract.ts'
import { ApproachFields } from './approach-fields.tsx'

const languages = [
  'en',
  'cy',
  'ga',
  'gd',
  'pl',
  'ro',
  'pa',
  'ur',
  'bn',
  'gu',
  'ar',
  'fr',
  'es',
  'pt',
  'it',
  'de',
  'zh',
  'so',
  'tr',
  'uk',
] as const

const useEdit = (person: Person, close: () => void) => {
  const t = useSay()
  const client = useQueryClient()
  const form = useForm({
    initialValues: {
      name: person.name,
      typeId: person.typeId === null ? null : String(person.typeId),
      relationship: person.relationship,
      preferredChannel: person.preferredChannel,
      language: person.language,
      approach: person.approach,
      adjustments: person.adjustments,
      needs: person.needs,
      expectations: person.expectations,
      notes: person.notes,
      vulnerable: person.vulnerable,
    },
  })
  const act = useAct(people.change, {
    quiet: true,
    refresh: [people.find],
    done: saved => {
      client.setQueryData(keyOf(people.get, { id: person.id }), saved)
      told(t('action.saved'))
      close()
    },
  })
  const submit = form.onSubmit(values =>
    act.mutate(
      { id: person.id, version: person.version, ...values, typeId: values.typeId ? Number(values.typeId) : null },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return { form, act, submit }
}

export const EditPerson = ({ person, close }: { person: Person; close: () => void }) => {
  const t = useSay()
  const types = useCall(people.types, {}, { staleTime: 5 * 60_000 })
  const { form, act, submit } = useEdit(person, close)
  const area = (name: 'adjustments' | 'needs' | 'expectations' | 'notes') => (
    <Textarea
      label={t(`person.${name}`)}
      description={t(`person.${name}Text`)}
      autosize
      minRows={2}
      {...form.getInputProps(name)}
    />
  )
  return (
    <FormDialog title={t('person.edit')} size="lg" close={close} onSubmit={submit} busy={act.isPending}>
      <ProblemNote problem={act.error} shown={Object.keys(form.values)} />
      <TextInput label={t('words.name')} required withAsterisk={false} {...form.getInputProps('name')} />
      <Switch
        label={t('person.vulnerable')}
        description={t('person.vulnerableText')}
        {...form.getInputProps('vulnerable', { type: 'checkbox' })}
      />
      {area('adjustments')}
      {area('needs')}
      {area('expectations')}
      <div className="rp-columns">
        <Select
          label={t('person.type')}
          data={types.data?.items.map(type => ({ value: String(type.id), label: type.name })) ?? []}
          clearable
          {...form.getInputProps('typeId')}
        />
        <Select
          label={t('person.relationship')}
          data={(['short', 'long'] as const).map(value => ({ value, label: t(`relationship.${value}`) }))}
          clearable
          {...form.getInputProps('relationship')}
        />
        <Select
          label={t('person.preferred')}
          data={channels
            .filter((channel: Channel) => channel !== 'api')
            .map(value => ({ value, label: t(`channel.${value}`) }))}
          clearable
          {...form.getInputProps('preferredChannel')}
        />
        <Select
          label={t('person.language')}
          data={languages.map(value => ({ value, label: t(`language.${value}`) }))}
          clearable
          searchable
          {...form.getInputProps('language')}
        />
      </div>
      <ApproachFields approach={form.values.approach} set={approach => form.setFieldValue('approach', approach)} />
      {area('notes')}
    </FormDialog>
  )
}
