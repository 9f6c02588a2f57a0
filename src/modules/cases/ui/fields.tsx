import { Button, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDisclosure } from '@mantine/hooks'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type CaseKind, type CustomField, caseKinds, cases } from '../contract.ts'

const types = ['text', 'number', 'flag', 'choice', 'date'] as const
type Values = { key: string; label: string; type: CustomField['type']; choices: string[]; kinds: CaseKind[] }

const keyFrom = (label: string) =>
  label
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40)

const AddField = ({ close }: { close: () => void }) => {
  const t = useSay()
  const form = useForm<Values>({ initialValues: { key: '', label: '', type: 'text', choices: [], kinds: [] } })
  const act = useAct(cases.addCustomField, { quiet: true, refresh: [cases.customFields, cases.fields], done: close })
  const submit = form.onSubmit(values =>
    act.mutate(
      { ...values, key: values.key || keyFrom(values.label) },
      { onError: problem => showFieldErrors(form, problem) },
    ),
  )
  return (
    <FormDialog title={t('fields.add')} close={close} onSubmit={submit} busy={act.isPending} action={t('action.add')}>
      <ProblemNote problem={act.error} shown={['label', 'key']} />
      <TextInput
        label={t('fields.label')}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('label')}
      />
      <Select
        label={t('fields.type')}
        data={types.map(value => ({ value, label: t(`fields.type.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('type')}
      />
      {form.values.type === 'choice' && (
        <TagsInput
          label={t('fields.choices')}
          description={t('fields.choicesText')}
          {...form.getInputProps('choices')}
        />
      )}
      <MultiSelect
        label={t('fields.kinds')}
        placeholder={form.values.kinds.length === 0 ? t('fields.allKinds') : ''}
        data={caseKinds.map(value => ({ value, label: t(`kind.${value}`) }))}
        searchable
        {...form.getInputProps('kinds')}
      />
      <TextInput
        label={t('fields.key')}
        description={t('fields.keyText')}
        placeholder={keyFrom(form.values.label)}
        {...form.getInputProps('key')}
      />
    </FormDialog>
  )
}

const Topics = () => {
  const t = useSay()
  const topics = useCall(cases.topics, {})
  return (
    <Section title={t('topics.title')} lead={t('topics.lead')}>
      <div className="rp-actions">
        {topics.data?.items.map(topic => (
          <span key={topic.id} className="rp-tag">
            {topic.name}
          </span>
        ))}
      </div>
    </Section>
  )
}

/** The organisation's own fields of a case, and the one list of topics. */
export const Fields = () => {
  const t = useSay()
  const may = useMay()
  const [adding, add] = useDisclosure()
  const fields = useCall(cases.customFields, {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('fields.title')} lead={t('fields.lead')}>
        {may('settings.edit') && <Button onClick={add.open}>{t('fields.add')}</Button>}
      </PageHeader>
      <RecordList
        of={{ ...fields, items: fields.data?.items }}
        none={<EmptyState title={t('fields.none')} text={t('fields.noneText')} />}
      >
        {field => (
          <li key={field.id}>
            <div className="rp-grow">
              <strong>{field.label}</strong> <span className="rp-dim rp-small">{t(`fields.type.${field.type}`)}</span>
              {field.choices.length > 0 && <div className="rp-dim rp-small">{field.choices.join(', ')}</div>}
            </div>
            <span className="rp-dim rp-small">
              {field.kinds.length === 0 ? t('fields.allKinds') : field.kinds.map(kind => t(`kind.${kind}`)).join(', ')}
            </span>
          </li>
        )}
      </RecordList>
      <div style={{ height: 28 }} />
      <Topics />
      {adding && <AddField close={add.close} />}
    </div>
  )
}
