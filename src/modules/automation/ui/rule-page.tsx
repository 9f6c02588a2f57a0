import { Button, Loader, Switch, TextInput } from '@mantine/core'
import { Suspense, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, sentenceOf } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { ConditionField } from '../../cases/ui/index.ts'
import { type Rule, rules, type When } from '../contract-rules.ts'
import { type Act, blankAct } from './acts.ts'
import { ActsField } from './acts-field.tsx'
import { RuleSentence } from './rule-sentence.tsx'
import { RunLog } from './run-log.tsx'
import { TrialPanel } from './trial-panel.tsx'
import { WhenField } from './when-field.tsx'

type Values = Pick<Rule, 'name' | 'when' | 'condition' | 'stops'> & { actions: Act[] }

const blank: Values = {
  name: '',
  when: { event: 'case.opened' },
  condition: { all: [] },
  actions: [blankAct.change],
  stops: false,
}

const valuesOf = ({ name, when, condition, actions, stops }: Rule): Values => ({
  name,
  when,
  condition,
  actions,
  stops,
})

/** Writes a rule, tries it on the last month, and shows what it did. */
const Builder = ({ rule }: { rule: Rule | null }) => {
  const t = useSay()
  const go = useNavigate()
  const may = useMay()('settings.edit')
  const [values, setValues] = useState<Values>(() => (rule ? valuesOf(rule) : blank))
  const set = (more: Partial<Values>) => setValues(before => ({ ...before, ...more }))
  const options = { quiet: true, refresh: [rules.list] }
  const add = useAct(rules.add, options)
  const change = useAct(rules.change, options)
  const save = (enabled: boolean) => {
    if (rule) change.mutate({ id: rule.id, version: rule.version, ...values, enabled })
    else
      add.mutate(
        { ...values, enabled },
        { onSuccess: made => void go(`/organisation/rules/${made.id}`, { replace: true }) },
      )
  }
  const busy = add.isPending || change.isPending
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={rule ? rule.name : t('rules.add')} lead={<RuleSentence {...values} />}>
        <Button component={Link} to="/organisation/rules" variant="default">
          {t('rules.all')}
        </Button>
      </PageHeader>
      {rule?.off && (
        <Notice tone="bad" alert>
          {t('rules.offBecause', { reason: rule.off.reason })}
        </Notice>
      )}
      <fieldset className="rp-stack rp-rule-form" disabled={!may}>
        <ProblemNote problem={add.error ?? change.error} />
        <TextInput
          label={t('rules.name')}
          required
          withAsterisk={false}
          maxLength={100}
          value={values.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <WhenField when={values.when} set={(when: When) => set({ when })} />
        <Suspense fallback={<Loader size="sm" />}>
          <ConditionField
            key={'event' in values.when ? 'event' : 'time'}
            legend={t('rules.if')}
            condition={values.condition}
            set={condition => set({ condition })}
            changes={'event' in values.when}
          />
        </Suspense>
        <ActsField acts={values.actions} set={actions => set({ actions })} />
        <Switch
          label={t('rules.stops')}
          checked={values.stops}
          onChange={event => set({ stops: event.currentTarget.checked })}
        />
        {may && (
          <div className="rp-actions">
            {rule && (
              <ConfirmButton
                action={t('rules.end')}
                question={t('rules.endQuestion', { name: rule.name })}
                text={t('rules.endText')}
                onConfirm={() =>
                  change.mutate(
                    { id: rule.id, ended: true, version: rule.version },
                    { onSuccess: () => void go('/organisation/rules') },
                  )
                }
              />
            )}
            <Button
              variant="default"
              loading={busy}
              disabled={values.name.trim() === ''}
              onClick={() => save(rule?.enabled ?? false)}
            >
              {t(rule?.enabled ? 'action.save' : 'rules.saveOff')}
            </Button>
            {!rule?.enabled && (
              <Button loading={busy} disabled={values.name.trim() === ''} onClick={() => save(true)}>
                {t('rules.saveOn')}
              </Button>
            )}
          </div>
        )}
      </fieldset>
      {may && <TrialPanel when={values.when} condition={values.condition} ruleId={rule?.id} />}
      {rule && <RunLog id={rule.id} />}
    </div>
  )
}

export const RulePage = () => {
  const t = useSay()
  const id = useParams().id ?? ''
  const list = useCall(rules.list, {}, { refetchOnMount: 'always' })
  const rule = list.data?.items.find(one => String(one.id) === id)
  if (id === 'new') return <Builder key="new" rule={null} />
  if (list.isPending) return <Loading rows={5} />
  if (list.error) return <EmptyState title={t('rules.title')} text={sentenceOf(list.error)} />
  if (!rule)
    return (
      <div className="rp-page" data-narrow>
        <PageHeader title={t('rules.title')} />
        <EmptyState title={t('rules.missing')} text={t('rules.missingText')} />
      </div>
    )
  return <Builder key={`${rule.id}-${rule.version}`} rule={rule} />
}
