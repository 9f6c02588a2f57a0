import { Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Output } from '../../../shared/contract.ts'
import { call, type Problem } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { sorts } from '../contract-shapes.ts'
import { viewing } from '../contract-views.ts'
import { ConditionGroup } from './condition-group.tsx'
import { useSentence } from './condition-words.ts'
import { conditionOf, type FieldInfo, isWhole, useFields } from './conditions.ts'
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

/** How many cases it would hold, counted while one builds it. */
const Count = ({ form, fields }: FormProps & { fields: FieldInfo[] }) => {
  const t = useSay()
  const whole = isWhole(form.group, fields)
  const input = JSON.stringify({ condition: conditionOf(form.group), sort: form.order })
  const [asked] = useDebouncedValue(input, 350)
  const counted = useQuery<Output<typeof viewing.preview>, Problem>({
    queryKey: [viewing.preview.path, asked],
    queryFn: ({ signal }) => call(viewing.preview, JSON.parse(asked), { signal }),
    enabled: whole && fields.length > 0,
    placeholderData: keepPreviousData,
  })
  if (counted.error) return <ProblemNote problem={counted.error} />
  const count = counted.data?.count ?? 0
  return (
    <p className="rp-dim" role="status">
      {!whole
        ? t('view.unfinished')
        : !counted.data
          ? t('view.counting')
          : t(counted.data.capped ? 'view.holdsMany' : 'view.holds', { count })}
    </p>
  )
}

/** A view is a sentence: "cases where all of this is so: …, most urgent first". */
export const ViewDialog = (props: ViewProps) => {
  const t = useSay()
  const form = useViewForm(props)
  const fields = useFields()
  const sentence = useSentence(fields)
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
      <ConditionGroup group={form.group} fields={fields} set={form.setGroup} />
      <div className="rp-sentence-said">
        <p>{sentence(form.group)}</p>
        <Count form={form} fields={fields} />
      </div>
      <Select
        label={t('view.sort')}
        data={sorts.map(value => ({ value, label: t(`view.sort.${value}`) }))}
        value={form.order}
        onChange={value => value && form.setOrder(value)}
        allowDeselect={false}
      />
      {form.mayShare && <Sharing form={form} />}
    </FormDialog>
  )
}
