import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Suspense, useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { useAct } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Act, ActsField, actNames } from '../../automation/ui/index.ts'
import { type Macro, macros, placeholders } from '../contract-macros.ts'
import { CaseConditions } from './case-conditions.tsx'
import { useSeverityChoices, useStatusChoices } from './choices.tsx'
import { conditionOf, type Group, groupOf } from './conditions.ts'

type Values = {
  name: string
  writes: Macro['writes']
  text: string
  status: string
  severity: string
  addTags: string
  also: Act[]
  shared: boolean
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')

const valuesOf = (macro: Macro | null): Values => ({
  name: macro?.name ?? '',
  writes: macro?.writes ?? 'reply',
  text: macro?.text ?? '',
  status: text(macro?.change.status),
  severity: text(macro?.change.severity),
  addTags: ((macro?.change.addTags as string[] | undefined) ?? []).join(', '),
  also: macro?.also ?? [],
  shared: macro?.shared ?? false,
})

/** What the form does not show, such as a team a program has set, stays as it is. */
const inputOf = (values: Values, macro: Macro | null, group: Group | null): Input<typeof macros.addMacro> => {
  const tags = values.addTags
    .split(',')
    .map(tag => tag.trim())
    .filter(tag => tag !== '')
  const { status: _s, severity: _v, addTags: _t, ...kept } = macro?.change ?? {}
  const change = {
    ...kept,
    ...(values.status ? { status: values.status } : {}),
    ...(values.severity ? { severity: Number(values.severity) } : {}),
    ...(tags.length > 0 ? { addTags: tags } : {}),
  }
  // Left alone it stays to the letter, also where this form would write the same in another way.
  const visible = group && { visibleWhen: group.items.length > 0 ? conditionOf(group) : null }
  const { name, writes, text: said, also, shared } = values
  return { name, writes, text: said, change, also, ...visible, shared } as Input<typeof macros.addMacro>
}

/** A macro writes and changes by fields of its own; the rest is what rules can have done. */
const besides = actNames.filter(name => name !== 'change' && name !== 'reply')

const plain = (choices: { value: string; label: string }[]) => choices.map(({ value, label }) => ({ value, label }))

/** Prepares an answer with what goes with it. */
export const MacroForm = ({ macro, close }: { macro: Macro | null; close: () => void }) => {
  const t = useSay()
  const may = useMay()
  const form = useForm<Values>({ initialValues: valuesOf(macro) })
  const [stored] = useState(() => groupOf(macro?.visibleWhen ? [macro.visibleWhen] : []))
  const [group, setGroup] = useState<Group | null>(null)
  const options = { quiet: true, refresh: [macros.macroList, macros.macrosFor], done: close }
  const [add, change] = [useAct(macros.addMacro, options), useAct(macros.changeMacro, options)]
  const keep = { value: '', label: t('bulk.keep') }
  const [statuses, severities] = [useStatusChoices(), useSeverityChoices()]
  const submit = form.onSubmit(values => {
    const onError = { onError: (problem: Parameters<typeof showFieldErrors>[1]) => showFieldErrors(form, problem) }
    if (macro) change.mutate({ id: macro.id, version: macro.version, ...inputOf(values, macro, group) }, onError)
    else add.mutate(inputOf(values, macro, group), onError)
  })
  return (
    <FormDialog
      title={t(macro ? 'macros.edit' : 'macros.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      size="xl"
    >
      <ProblemNote problem={add.error ?? change.error} shown={['name', 'text']} />
      <div className="rp-columns">
        <TextInput
          label={t('macros.name')}
          required
          withAsterisk={false}
          maxLength={100}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <NativeSelect
          label={t('macros.writes')}
          data={(['reply', 'note', 'nothing'] as const).map(value => ({ value, label: t(`macros.writes.${value}`) }))}
          {...form.getInputProps('writes')}
        />
      </div>
      {form.values.writes !== 'nothing' && (
        <Textarea
          label={t('macros.text')}
          description={t('macros.placeholders', { names: placeholders.map(name => `{{${name}}}`).join(' ') })}
          autosize
          minRows={5}
          maxRows={14}
          maxLength={50_000}
          {...form.getInputProps('text')}
        />
      )}
      <div className="rp-columns">
        <NativeSelect label={t('bulk.status')} data={[keep, ...plain(statuses)]} {...form.getInputProps('status')} />
        <NativeSelect
          label={t('bulk.severity')}
          data={[keep, ...plain(severities)]}
          {...form.getInputProps('severity')}
        />
        <TextInput label={t('bulk.addTags')} placeholder={t('bulk.tagsHint')} {...form.getInputProps('addTags')} />
      </div>
      <Suspense fallback={null}>
        <ActsField
          legend={t('macros.also')}
          from={besides}
          least={0}
          acts={form.values.also}
          set={also => form.setFieldValue('also', also)}
        />
      </Suspense>
      <CaseConditions legend={t('macros.visible')} group={group ?? stored} set={setGroup} />
      {may('view.share') && (
        <Switch label={t('macros.shared')} {...form.getInputProps('shared', { type: 'checkbox' })} />
      )}
    </FormDialog>
  )
}
