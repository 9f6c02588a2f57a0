import { Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Group, people } from '../contract.ts'

const kinds = ['organisation', 'department', 'household'] as const
const blank = {
  kind: 'organisation' as Group['kind'],
  name: '',
  domains: [] as string[],
  membersSeeEachOther: false,
  notes: '',
}

const GroupForm = ({ group, close }: { group: Group | null; close: () => void }) => {
  const t = useSay()
  const form = useForm({
    initialValues: group
      ? {
          kind: group.kind,
          name: group.name,
          domains: group.domains,
          membersSeeEachOther: group.membersSeeEachOther,
          notes: group.notes,
        }
      : blank,
  })
  const options = { quiet: true, refresh: [people.groups], done: close }
  const add = useAct(people.addGroup, options)
  const change = useAct(people.changeGroup, options)
  const problem = add.error ?? change.error
  const wrong = problem?.errors.filter(error => error.field.startsWith('domains')) ?? []
  const wrongDomains = wrong.map(error => error.field)
  const domainsWrong = wrong[0]?.message
  const submit = form.onSubmit(values => {
    const { kind, ...rest } = { ...values, domains: values.kind === 'organisation' ? values.domains : [] }
    if (group)
      change.mutate(
        { id: group.id, version: group.version, ...rest },
        { onError: problem => showFieldErrors(form, problem) },
      )
    else add.mutate({ kind, ...rest }, { onError: problem => showFieldErrors(form, problem) })
  })
  return (
    <FormDialog
      title={t(group ? 'groups.edit' : 'groups.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
    >
      <ProblemNote problem={problem} shown={['name', ...(domainsWrong ? wrongDomains : [])]} />
      {!group && (
        <Select
          label={t('groups.kind')}
          data={kinds.map(value => ({ value, label: t(`group.${value}`) }))}
          allowDeselect={false}
          {...form.getInputProps('kind')}
        />
      )}
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      {form.values.kind === 'organisation' && (
        <TagsInput
          label={t('groups.domains')}
          description={t('groups.domainsText')}
          splitChars={[',', ' ', ';']}
          {...form.getInputProps('domains')}
          error={domainsWrong}
        />
      )}
      <Switch
        label={t('groups.see')}
        description={t('groups.seeText')}
        {...form.getInputProps('membersSeeEachOther', { type: 'checkbox' })}
      />
      <Textarea label={t('person.notes')} autosize minRows={2} {...form.getInputProps('notes')} />
    </FormDialog>
  )
}

/** Organisations, departments and households people belong to. */
export const Groups = () => {
  const t = useSay()
  return (
    <Records
      title={t('groups.title')}
      lead={t('groups.lead')}
      add={t('groups.add')}
      may={useMay()('person.edit')}
      of={usePages(people.groups, { limit: 50 })}
      none={<EmptyState title={t('groups.none')} text={t('groups.noneText')} />}
      editLabel={group => t('groups.editNamed', { name: group.name })}
      form={(group, close) => <GroupForm group={group} close={close} />}
    >
      {group => (
        <>
          <div className="rp-grow">
            <strong>{group.name}</strong>
            <div className="rp-dim rp-small">{[t(`group.${group.kind}`), ...group.domains].join(' · ')}</div>
          </div>
          <span className="rp-dim rp-small">{t('groups.members', { count: group.memberCount })}</span>
        </>
      )}
    </Records>
  )
}
