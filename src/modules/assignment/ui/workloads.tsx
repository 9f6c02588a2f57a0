import { Button, NumberInput, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { assignment, type Workload } from '../contract.ts'
import { SkillsField } from './skills-field.tsx'

const Form = ({ one, close }: { one: Workload; close: () => void }) => {
  const t = useSay()
  const [values, setValues] = useState(one)
  const save = useAct(assignment.setWorkload, {
    quiet: true,
    refresh: [assignment.workloads, assignment.skills],
    done: close,
  })
  return (
    <FormDialog
      title={t('work.edit', { name: one.name })}
      close={close}
      busy={save.isPending}
      onSubmit={event => {
        event.preventDefault()
        const { id, capacity, accepts, skills, version } = values
        save.mutate({ id, capacity, accepts, skills, version })
      }}
    >
      <ProblemNote problem={save.error} />
      <NumberInput
        label={t('work.capacity')}
        description={t('work.capacityText')}
        min={0}
        max={1000}
        data-autofocus
        value={values.capacity}
        onChange={value => setValues({ ...values, capacity: Number(value) })}
      />
      <Switch
        label={t('work.accepts')}
        checked={values.accepts}
        onChange={event => setValues({ ...values, accepts: event.currentTarget.checked })}
      />
      <SkillsField skills={values.skills} set={skills => setValues({ ...values, skills })} />
    </FormDialog>
  )
}

const AddSkill = ({ close }: { close: () => void }) => {
  const t = useSay()
  const [name, setName] = useState('')
  const add = useAct(assignment.addSkill, { quiet: true, refresh: [assignment.skills], done: close })
  return (
    <FormDialog
      title={t('skill.add')}
      close={close}
      busy={add.isPending}
      ready={name.trim() !== ''}
      onSubmit={event => {
        event.preventDefault()
        add.mutate({ name })
      }}
    >
      <ProblemNote problem={add.error} />
      <TextInput
        label={t('skill.name')}
        maxLength={60}
        data-autofocus
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** What is declared; one that a rule needs cannot be ended, and the answer says which rule. */
const Skills = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(assignment.skills, {})
  const end = useAct(assignment.changeSkill, { quiet: true, refresh: [assignment.skills, assignment.workloads] })
  return (
    <section aria-labelledby="skills">
      <h2 id="skills">{t('skill.title')}</h2>
      <ProblemNote problem={end.error} />
      <RecordList of={{ ...list, items: list.data?.items }} none={<p className="rp-dim">{t('skill.none')}</p>}>
        {skill => (
          <li key={skill.id}>
            <span className="rp-grow">
              {skill.name} <span className="rp-dim rp-small">{t('skill.people', { count: skill.people })}</span>
            </span>
            {may && (
              <ConfirmButton
                size="compact-sm"
                action={t('action.remove')}
                label={`${t('action.remove')} ${skill.name}`}
                question={t('skill.endQuestion', { name: skill.name })}
                text={t('skill.endText')}
                onConfirm={() => end.mutate({ id: skill.id, ended: true })}
              />
            )}
          </li>
        )}
      </RecordList>
    </section>
  )
}

const Line = ({ one }: { one: Workload }) => {
  const t = useSay()
  const all = useCall(assignment.skills, {}).data?.items ?? []
  const skills = one.skills.map(own => {
    const name = all.find(skill => skill.id === own.skillId)?.name ?? ''
    return `${name} (${t(`skill.level.${own.level as 1}`)})`
  })
  return (
    <div className="rp-grow">
      <strong>{one.name}</strong> {one.away && <Label tone="note">{t('work.away')}</Label>}
      {!one.accepts && <Label tone="plain">{t('work.notByRule')}</Label>}
      {one.load >= one.capacity && <Label tone="bad">{t('work.full')}</Label>}
      <div className="rp-dim rp-small">
        {[t('work.load', { load: one.load, capacity: one.capacity }), ...one.teams, ...skills].join(' · ')}
      </div>
    </div>
  )
}

/** How much everybody takes on, holds now, and is able to do. */
export const Workloads = () => {
  const t = useSay()
  const may = useMay()
  const [open, setOpen] = useState<Workload | 'skill' | null>(null)
  const list = useCall(assignment.workloads, {}, { refetchOnMount: 'always' })
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('work.title')} lead={t('work.lead')}>
        {may('settings.edit') && <Button onClick={() => setOpen('skill')}>{t('skill.add')}</Button>}
      </PageHeader>
      <RecordList
        of={{ ...list, items: list.data?.items }}
        none={<EmptyState title={t('work.none')} text={t('work.noneText')} />}
      >
        {one => (
          <li key={one.id}>
            <Line one={one} />
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => setOpen(one)}
              aria-label={`${t('action.edit')} ${one.name}`}
            >
              {t('action.edit')}
            </Button>
          </li>
        )}
      </RecordList>
      <Skills />
      {open === 'skill' && <AddSkill close={() => setOpen(null)} />}
      {open && open !== 'skill' && <Form one={open} close={() => setOpen(null)} />}
    </div>
  )
}
