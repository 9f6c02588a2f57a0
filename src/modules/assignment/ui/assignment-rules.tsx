import { Fieldset, Loader, NativeSelect, Switch, TextInput } from '@mantine/core'
import { IconUserShare } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { ConditionField, ConditionSentence } from '../../cases/ui/index.ts'
import { useTeams } from '../../identity/ui/index.ts'
import { type AssignmentRule, assignment, ways } from '../contract.ts'
import { SkillsField } from './skills-field.tsx'

type Values = Pick<AssignmentRule, 'name' | 'condition' | 'teamId' | 'way' | 'skills' | 'enabled'>
const blank: Values = { name: '', condition: { all: [] }, teamId: null, way: 'least_loaded', skills: [], enabled: true }

const Form = ({ rule, close }: { rule: AssignmentRule | null; close: () => void }) => {
  const t = useSay()
  const [values, setValues] = useState<Values>(rule ?? blank)
  const set = (more: Partial<Values>) => setValues(before => ({ ...before, ...more }))
  const options = { quiet: true, refresh: [assignment.rules], done: close }
  const add = useAct(assignment.addRule, options)
  const change = useAct(assignment.changeRule, options)
  const teams = useTeams().map(team => ({ value: String(team.id), label: team.name }))
  return (
    <FormDialog
      title={t(rule ? 'assign.edit' : 'assign.add')}
      close={close}
      size="xl"
      busy={add.isPending || change.isPending}
      ready={values.name.trim() !== ''}
      onSubmit={event => {
        event.preventDefault()
        const { name, condition, teamId, way, skills, enabled } = values
        const given = { name, condition, teamId, way, skills, enabled }
        if (rule) change.mutate({ id: rule.id, version: rule.version, ...given })
        else add.mutate(given)
      }}
    >
      <ProblemNote problem={add.error ?? change.error} />
      <TextInput
        label={t('assign.name')}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        value={values.name}
        onChange={event => set({ name: event.currentTarget.value })}
      />
      <Suspense fallback={<Loader size="sm" />}>
        <ConditionField
          legend={t('assign.applies')}
          condition={values.condition}
          set={condition => set({ condition })}
        />
      </Suspense>
      <div className="rp-columns">
        <NativeSelect
          label={t('assign.team')}
          data={[{ value: '', label: t('assign.ownTeam') }, ...teams]}
          value={String(values.teamId ?? '')}
          onChange={event => set({ teamId: Number(event.currentTarget.value) || null })}
        />
        <NativeSelect
          label={t('assign.way')}
          data={ways.map(value => ({ value, label: t(`assign.way.${value}`) }))}
          value={values.way}
          onChange={event => set({ way: event.currentTarget.value as Values['way'] })}
        />
      </div>
      {values.way !== 'team' && (
        <Fieldset variant="unstyled" legend={t('assign.skills')}>
          <SkillsField skills={values.skills} set={skills => set({ skills })} />
        </Fieldset>
      )}
      <Switch
        label={t('assign.enabled')}
        checked={values.enabled}
        onChange={event => set({ enabled: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}

const Line = ({ rule }: { rule: AssignmentRule }) => {
  const t = useSay()
  const team = useTeams().find(one => one.id === rule.teamId)?.name ?? t('assign.ownTeam')
  const all = useCall(assignment.skills, {}).data?.items ?? []
  const needed = rule.skills.map(
    one => `${all.find(skill => skill.id === one.skillId)?.name ?? ''} (${t(`skill.level.${one.level as 1}`)})`,
  )
  return (
    <div className="rp-grow">
      <strong>{rule.name}</strong> {!rule.enabled && <Label tone="plain">{t('assign.off')}</Label>}
      <div className="rp-small">
        <Suspense fallback="…">
          <ConditionSentence condition={rule.condition} />
        </Suspense>
      </div>
      <div className="rp-dim rp-small">
        {[team, t(`assign.way.${rule.way}`), ...needed].join(' · ')}
        {rule.waiting > 0 && ` · ${t('assign.waiting', { count: rule.waiting })}`}
      </div>
    </div>
  )
}

const Order = ({ rule, all }: { rule: AssignmentRule; all: readonly AssignmentRule[] }) => {
  const t = useSay()
  const order = useAct(assignment.orderRules, { refresh: [assignment.rules] })
  const ids = all.map(one => one.id)
  const at = ids.indexOf(rule.id)
  if (ids.length < 2) return null
  return (
    <UpDown
      up={t('assign.up', { name: rule.name })}
      down={t('assign.down', { name: rule.name })}
      first={at === 0}
      last={at === ids.length - 1}
      busy={order.isPending}
      move={step => order.mutate({ ids: moved(ids, rule.id, step) })}
    />
  )
}

/** By which rules cases find somebody. */
export const AssignmentRules = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(assignment.rules, {}, { refetchOnMount: 'always' })
  const end = useAct(assignment.changeRule, { refresh: [assignment.rules] })
  return (
    <Records
      title={t('assign.title')}
      lead={t('assign.lead')}
      add={t('assign.add')}
      may={may}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconUserShare size={34} stroke={1.2} />}
          title={t('assign.none')}
          text={t('assign.noneText')}
        />
      }
      editLabel={rule => `${t('action.edit')} ${rule.name}`}
      form={(rule, close) => <Form rule={rule} close={close} />}
    >
      {rule => (
        <>
          <Line rule={rule} />
          {may && (
            <>
              <Order rule={rule} all={list.data?.items ?? []} />
              <ConfirmButton
                size="compact-sm"
                action={t('assign.end')}
                label={`${t('assign.end')}: ${rule.name}`}
                question={t('assign.endQuestion', { name: rule.name })}
                text={t('assign.endText')}
                onConfirm={() => end.mutate({ id: rule.id, ended: true, version: rule.version })}
              />
            </>
          )}
        </>
      )}
    </Records>
  )
}
