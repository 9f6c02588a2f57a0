import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useTeams } from './choices.tsx'
import { ConditionRow } from './condition-row.tsx'
import { isLeaf, rowsOf, useFields } from './conditions.ts'
import { useViewForm, type ViewProps } from './view-form.ts'

type FormProps = { form: ReturnType<typeof useViewForm> }

const Sharing = ({ form }: FormProps) => {
  const t = useSay()
  const teams = useTeams()
  return (
    <Select
      label={t('view.sharedWith')}
      data={[
        { value: 'me', label: t('view.sharedMe') },
        { value: 'all', label: t('view.sharedAll') },
        ...teams.map(team => ({ value: String(team.id), label: t('view.sharedTeam', { name: team.name }) })),
      ]}
      value={form.sharing}
      onChange={value => value && form.setSharing(value)}
      error={form.problem?.errors.find(error => error.field === 'teamId')?.message}
      allowDeselect={false}
    />
  )
}

const Conditions = ({ form }: FormProps) => {
  const t = useSay()
  const fields = useFields()
  const addRow = () =>
    fields[0] && form.setRows([...form.rows, { key: `${Date.now()}`, field: fields[0].key, op: '', value: undefined }])
  return (
    <fieldset className="rp-sentence">
      <legend>
        {t('view.where')}{' '}
        <SegmentedControl
          size="xs"
          value={form.mode}
          onChange={value => form.setMode(value)}
          data={[
            { value: 'all', label: t('view.all') },
            { value: 'any', label: t('view.any') },
          ]}
        />{' '}
        {t('view.isSo')}
      </legend>
      {form.rows.map((row, index) => (
        <ConditionRow
          key={row.key}
          row={row}
          fields={fields}
          joint={index === 0 ? '' : t(form.mode === 'all' ? 'view.and' : 'view.or')}
          set={next => form.setRows(form.rows.map(other => (other.key === row.key ? next : other)))}
          remove={() => form.setRows(form.rows.filter(other => other.key !== row.key))}
        />
      ))}
      {form.rows.length === 0 && <p className="rp-dim">{t('view.everything')}</p>}
      <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={addRow}>
        {t('view.addRow')}
      </Button>
    </fieldset>
  )
}

/** A view is a sentence: "cases where all of this is so: …, most urgent first". */
export const ViewDialog = (props: ViewProps) => {
  const t = useSay()
  const form = useViewForm(props)
  const simple = props.conditions.every(isLeaf) || rowsOf(props.conditions).whole
  return (
    <FormDialog
      size="xl"
      title={t(props.view ? 'view.edit' : 'view.saveAs')}
      close={props.close}
      onSubmit={form.submit}
      busy={form.busy}
      action={t('view.save')}
    >
      <ProblemNote problem={form.problem} shown={['teamId']} />
      <TextInput
        label={t('words.name')}
        value={form.name}
        onChange={event => form.setName(event.currentTarget.value)}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        placeholder={t('view.nameHint')}
      />
      {!simple && <Notice tone="note">{t('view.tooDeep')}</Notice>}
      <Conditions form={form} />
      <Select
        label={t('view.sort')}
        data={(['urgency', 'recent', 'oldest'] as const).map(value => ({ value, label: t(`view.sort.${value}`) }))}
        value={form.order}
        onChange={value => value && form.setOrder(value)}
        allowDeselect={false}
      />
      {form.mayShare && <Sharing form={form} />}
    </FormDialog>
  )
}
