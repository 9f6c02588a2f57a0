import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Condition } from '../../../shared/condition.ts'
import { useAct } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases, type View } from '../contract.ts'
import { useTeams } from './choices.tsx'
import { ConditionRow } from './condition-row.tsx'
import { isLeaf, type Row, rowsOf, treeOf, useFields } from './conditions.ts'
import type { Sort } from './views.ts'

/** Who sees a view: `me`, `all`, or the number of a team. */
const sharingOf = (view: View | undefined) => (view?.teamId ? String(view.teamId) : view?.shared ? 'all' : 'me')
const sharedAs = (sharing: string) => ({
  shared: sharing !== 'me',
  teamId: sharing === 'me' || sharing === 'all' ? null : Number(sharing),
})

type Props = { close: () => void; conditions: Condition[]; sort: Sort; view?: View }

const useDialog = ({ close, conditions, sort, view }: Props) => {
  const go = useNavigate()
  const start = rowsOf(conditions)
  const [name, setName] = useState(view?.name ?? '')
  const [mode, setMode] = useState<'all' | 'any'>(start.mode)
  const [rows, setRows] = useState<Row[]>(start.rows)
  const [order, setOrder] = useState<Sort>(sort)
  const [sharing, setSharing] = useState(sharingOf(view))
  const mayShare = useMay()('view.share')
  const refresh = [cases.views, cases.counts, cases.list]
  const done = (saved: View) => {
    close()
    void go(`/queue/${saved.id}`)
  }
  const add = useAct(cases.addView, { quiet: true, refresh, done })
  const change = useAct(cases.changeView, { quiet: true, refresh, done })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const condition = treeOf(mode, rows)
    const saved = { name, condition, sort: order, ...(mayShare ? sharedAs(sharing) : {}) }
    if (view) change.mutate({ ...saved, id: view.id, version: view.version })
    else add.mutate(saved)
  }
  return {
    name,
    setName,
    mode,
    setMode,
    rows,
    setRows,
    order,
    setOrder,
    sharing,
    setSharing,
    mayShare,
    submit,
    busy: add.isPending || change.isPending,
    problem: add.error ?? change.error,
  }
}

const Sharing = ({ form }: { form: ReturnType<typeof useDialog> }) => {
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

/** A view is a sentence: "cases where all of this is so: …, most urgent first". */
export const ViewDialog = (props: Props) => {
  const t = useSay()
  const fields = useFields()
  const form = useDialog(props)
  const simple = props.conditions.every(isLeaf) || rowsOf(props.conditions).whole
  const addRow = () =>
    fields[0] && form.setRows([...form.rows, { key: `${Date.now()}`, field: fields[0].key, op: '', value: undefined }])
  return (
    <Modal
      opened
      onClose={props.close}
      size="xl"
      title={t(props.view ? 'view.edit' : 'view.saveAs')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={form.submit} className="rp-stack">
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
        <fieldset className="rp-sentence">
          <legend>
            {t('view.where')}{' '}
            <SegmentedControl
              size="xs"
              value={form.mode}
              onChange={value => form.setMode(value as 'all' | 'any')}
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
        <Select
          label={t('view.sort')}
          data={(['urgency', 'recent', 'oldest'] as const).map(value => ({ value, label: t(`view.sort.${value}`) }))}
          value={form.order}
          onChange={value => value && form.setOrder(value as Sort)}
          allowDeselect={false}
        />
        {form.mayShare && <Sharing form={form} />}
        <div className="rp-actions" data-end>
          <Button variant="default" onClick={props.close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={form.busy}>
            {t('view.save')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
