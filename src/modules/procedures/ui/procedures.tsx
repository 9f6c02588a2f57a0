import { Button, Switch, TextInput } from '@mantine/core'
import { IconListCheck } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { procedures } from '../contract.ts'
import type { ProcedureLine } from '../contract-shapes.ts'

const NewProcedure = ({ close }: { close: () => void }) => {
  const t = useSay()
  const go = useNavigate()
  const [name, setName] = useState('')
  const add = useAct(procedures.addProcedure, {
    quiet: true,
    refresh: [procedures.procedures],
    done: ({ id }) => void go(`/organisation/procedures/${id}`),
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    add.mutate({ name: name.trim() })
  }
  return (
    <FormDialog
      title={t('procedures.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending}
      ready={name.trim() !== ''}
      action={t('action.add')}
    >
      <ProblemNote problem={add.error} />
      <TextInput
        label={t('words.name')}
        maxLength={100}
        data-autofocus
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

const Line = ({ one }: { one: ProcedureLine }) => {
  const t = useSay()
  return (
    <li>
      <div className="rp-grow">
        <Link to={`/organisation/procedures/${one.id}`}>
          <strong>{one.name}</strong>
        </Link>{' '}
        {one.publishedNumber === null ? (
          <Label tone="plain">{t('procedures.draft')}</Label>
        ) : (
          one.changed && <Label tone="note">{t('procedures.changed')}</Label>
        )}
        {one.owner.left && <Label tone="bad">{t('article.ownerLeft', { name: one.owner.name })}</Label>}
        <div className="rp-dim rp-small">
          {t('procedures.steps', { count: one.steps })}
          {one.publishedNumber !== null && <> · {t('procedures.version', { number: one.publishedNumber })}</>}
          {' · '}
          {one.used === 0 ? t('procedures.unused') : t('procedures.used', { count: one.used, whole: one.whole })}
        </div>
      </div>
    </li>
  )
}

/** What is done in which cases, in the order it is offered. */
export const Procedures = () => {
  const t = useSay()
  const may = useMay()('knowledge.edit')
  const [ended, setEnded] = useState(false)
  const [adding, setAdding] = useState(false)
  const list = usePages(procedures.procedures, ended ? { ended: 'true' as const } : {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('procedures.title')} lead={t('procedures.lead')}>
        {may && <Button onClick={() => setAdding(true)}>{t('procedures.add')}</Button>}
      </PageHeader>
      <Switch
        mb={10}
        label={t('procedures.ended')}
        checked={ended}
        onChange={event => setEnded(event.currentTarget.checked)}
      />
      <RecordList
        of={{ ...list, items: list.isPending ? undefined : list.items }}
        height={52}
        none={
          <EmptyState
            icon={<IconListCheck size={34} stroke={1.2} />}
            title={t(ended ? 'procedures.noneEnded' : 'procedures.none')}
            text={t('procedures.noneText')}
          />
        }
      >
        {one => <Line key={one.id} one={one} />}
      </RecordList>
      {adding && <NewProcedure close={() => setAdding(false)} />}
    </div>
  )
}
