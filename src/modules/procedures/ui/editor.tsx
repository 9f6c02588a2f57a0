import './procedures.css'
import { Button, Loader, NativeSelect, TextInput } from '@mantine/core'
import { type SubmitEvent, Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { useAct, useCall, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import { identity } from '../../identity/contract.ts'
import { procedures } from '../contract.ts'
import type { Content, Procedure } from '../contract-shapes.ts'
import { tidied } from './draft.ts'
import { PhraseFields, StepCards } from './step-cards.tsx'

const stale = [procedures.procedures, procedures.procedureVersions, procedures.procedure, procedures.proceduresOfCase]

const Publish = ({ procedure, close }: { procedure: Procedure; close: () => void }) => {
  const t = useSay()
  const [note, setNote] = useState('')
  const act = useAct(procedures.publishProcedure, {
    quiet: true,
    refresh: stale,
    done: ({ publishedNumber }) => {
      told(t('editor.published', { number: publishedNumber ?? 0 }))
      close()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    act.mutate({ id: procedure.id, version: procedure.version, note })
  }
  return (
    <FormDialog
      title={t('editor.publish')}
      close={close}
      onSubmit={submit}
      busy={act.isPending}
      action={t('editor.publish')}
    >
      <ProblemNote problem={act.error} />
      <p className="rp-dim" style={{ margin: 0 }}>
        {t('editor.publishText')}
      </p>
      <TextInput
        label={t('editor.note')}
        maxLength={300}
        data-autofocus
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

const Versions = ({ id }: { id: number }) => {
  const t = useSay()
  const list = usePages(procedures.procedureVersions, { id, limit: 20 })
  return (
    <RecordList of={{ ...list, items: list.isPending ? undefined : list.items }} none={<p>{t('editor.noVersions')}</p>}>
      {one => (
        <li key={one.number}>
          <div>
            <strong>{t('procedures.version', { number: one.number })}</strong>{' '}
            <span className="rp-dim">
              {t('procedures.steps', { count: one.content.steps.length })} · {one.by} ·{' '}
              <time dateTime={one.at}>{atTime(one.at)}</time>
            </span>
            {one.note && <div className="rp-small">{one.note}</div>}
          </div>
        </li>
      )}
    </RecordList>
  )
}

const Owner = ({ procedure, may }: { procedure: Procedure; may: boolean }) => {
  const t = useSay()
  const staff = useCall(identity.staff, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  const change = useAct(procedures.changeProcedure, { refresh: stale })
  return (
    <NativeSelect
      label={t('editor.owner')}
      disabled={!may}
      data={staff
        .filter(one => one.endedAt === null || one.id === procedure.owner.id)
        .map(one => ({ value: String(one.id), label: one.name }))}
      value={String(procedure.owner.id)}
      onChange={event => change.mutate({ id: procedure.id, ownerId: Number(event.currentTarget.value) })}
    />
  )
}

const Editor = ({ procedure }: { procedure: Procedure }) => {
  const t = useSay()
  const can = useMay()
  const may = can('knowledge.edit')
  const [content, setContent] = useState<Content>(procedure.draft)
  const [publishing, setPublishing] = useState(false)
  const set = (more: Partial<Content>) => setContent(before => ({ ...before, ...more }))
  const save = useAct(procedures.changeProcedure, {
    quiet: true,
    refresh: stale,
    done: after => {
      setContent(after.draft)
      told(t('action.saved'), 'procedure')
    },
  })
  const end = useAct(procedures.changeProcedure, { refresh: stale })
  const dirty = JSON.stringify(content) !== JSON.stringify(procedure.draft)
  return (
    <div className="rp-page" data-narrow>
      <PageHeader
        title={procedure.name}
        lead={
          <>
            {procedure.publishedNumber === null
              ? t('procedures.draft')
              : t('procedures.version', { number: procedure.publishedNumber })}{' '}
            {procedure.changed && procedure.publishedNumber !== null && (
              <Label tone="note">{t('procedures.changed')}</Label>
            )}
          </>
        }
      >
        {may && (
          <>
            <Button variant="default" onClick={() => end.mutate({ id: procedure.id, ended: !procedure.ended })}>
              {t(procedure.ended ? 'editor.restore' : 'editor.end')}
            </Button>
            <Button
              variant={dirty ? 'filled' : 'default'}
              disabled={!dirty}
              loading={save.isPending}
              onClick={() => save.mutate({ id: procedure.id, version: procedure.version, ...tidied(content) })}
            >
              {t('editor.save')}
            </Button>
          </>
        )}
        {can('knowledge.approve') && (
          <Button disabled={dirty || !procedure.changed || procedure.ended} onClick={() => setPublishing(true)}>
            {t('editor.publish')}
          </Button>
        )}
      </PageHeader>
      <ProblemNote problem={save.error} />
      <div className="rp-columns" style={{ marginBottom: 14 }}>
        <TextInput
          label={t('words.name')}
          maxLength={100}
          disabled={!may}
          value={content.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <Owner procedure={procedure} may={may} />
      </div>
      <Suspense fallback={<Loader size="sm" />}>
        <ConditionField
          legend={t('editor.applies')}
          condition={content.condition}
          set={condition => set({ condition })}
        />
      </Suspense>
      <Section title={t('editor.steps')} lead={t('editor.stepsLead')}>
        <StepCards steps={content.steps} set={steps => set({ steps })} may={may} />
      </Section>
      <Section title={t('steps.phrases')} lead={t('editor.phrasesLead')}>
        <PhraseFields phrases={content.phrases} set={phrases => set({ phrases })} may={may} />
      </Section>
      <Section title={t('editor.versions')}>
        <Versions id={procedure.id} />
      </Section>
      {publishing && <Publish procedure={procedure} close={() => setPublishing(false)} />}
    </div>
  )
}

/** Writes a procedure: what is in force stays until the draft is put in its place. */
export const ProcedureEditor = () => {
  const t = useSay()
  const id = Number(useParams().id)
  const one = useCall(procedures.procedure, { id })
  if (one.data) return <Editor key={one.data.id} procedure={one.data} />
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('procedures.title')} />
      {one.error ? <ProblemNote problem={one.error} /> : <Loading rows={5} />}
    </div>
  )
}
