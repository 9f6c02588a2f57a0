import { Button, Modal, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useAct, usePages } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
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
  const submit = form.onSubmit(values => {
    const { kind, ...rest } = values
    if (group)
      change.mutate(
        { id: group.id, version: group.version, ...rest },
        { onError: problem => showFieldErrors(form, problem) },
      )
    else add.mutate({ kind, ...rest }, { onError: problem => showFieldErrors(form, problem) })
  })
  return (
    <Modal
      opened
      onClose={close}
      title={t(group ? 'groups.edit' : 'groups.add')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit} className="rp-stack">
        <ProblemNote problem={add.error ?? change.error} shown={['name']} />
        {!group && (
          <Select
            label={t('groups.kind')}
            data={kinds.map(value => ({ value, label: t(`group.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('kind')}
          />
        )}
        <TextInput
          label={t('words.name')}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TagsInput
          label={t('groups.domains')}
          description={t('groups.domainsText')}
          {...form.getInputProps('domains')}
        />
        <Switch
          label={t('groups.see')}
          description={t('groups.seeText')}
          {...form.getInputProps('membersSeeEachOther', { type: 'checkbox' })}
        />
        <Textarea label={t('person.notes')} autosize minRows={2} {...form.getInputProps('notes')} />
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending || change.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** Organisations, departments and households people belong to. */
export const Groups = () => {
  const t = useSay()
  const edit = useMay()('person.edit')
  const [open, setOpen] = useState<Group | 'new' | null>(null)
  const list = usePages(people.groups, { limit: 50 })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('groups.title')} lead={t('groups.lead')}>
        {edit && <Button onClick={() => setOpen('new')}>{t('groups.add')}</Button>}
      </PageHeader>
      {list.isPending && <Loading />}
      {list.isSuccess && list.items.length === 0 && <EmptyState title={t('groups.none')} text={t('groups.noneText')} />}
      {list.items.length > 0 && (
        <ul className="rp-list">
          {list.items.map(group => (
            <li key={group.id}>
              <div className="rp-grow">
                <strong>{group.name}</strong>
                <div className="rp-dim rp-small">{[t(`group.${group.kind}`), ...group.domains].join(' · ')}</div>
              </div>
              <span className="rp-dim rp-small">{t('groups.members', { count: group.memberCount })}</span>
              {edit && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => setOpen(group)}
                  aria-label={t('groups.editNamed', { name: group.name })}
                >
                  {t('action.edit')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
      {open && <GroupForm group={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </div>
  )
}
