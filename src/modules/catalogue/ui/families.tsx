import './catalogue.css'
import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useAct, useCall } from '../../../ui/call.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { type Attribute, type Family, families } from '../contract.ts'
import { AttributeRows } from './attribute-rows.tsx'

const useResponsible = () => {
  const t = useSay()
  const staff = useCall(identity.staff, {}, { staleTime: 5 * 60_000 }).data?.items ?? []
  return [
    { value: '', label: t('words.nobody') },
    ...staff.filter(one => one.endedAt === null).map(one => ({ value: String(one.id), label: one.name })),
  ]
}

type Values = { name: string; staffId: string; attributes: Attribute[] }

const FamilyForm = ({ family, close }: { family: Family | null; close: () => void }) => {
  const t = useSay()
  const form = useForm<Values>({
    initialValues: {
      name: family?.name ?? '',
      staffId: family?.staffId ? String(family.staffId) : '',
      attributes: family?.attributes ?? [],
    },
  })
  const responsible = useResponsible()
  const options = { quiet: true, refresh: [families.families], done: close }
  const add = useAct(families.addFamily, options)
  const change = useAct(families.changeFamily, options)
  const submit = form.onSubmit(({ name, staffId, attributes }) => {
    const values = { name, attributes, staffId: staffId ? Number(staffId) : null }
    const onError = { onError: (problem: Parameters<typeof showFieldErrors>[1]) => showFieldErrors(form, problem) }
    if (family) change.mutate({ id: family.id, version: family.version, ...values }, onError)
    else add.mutate(values, onError)
  })
  return (
    <FormDialog
      title={t(family ? 'families.edit' : 'families.add')}
      close={close}
      onSubmit={submit}
      busy={add.isPending || change.isPending}
      size={720}
    >
      <ProblemNote problem={add.error ?? change.error} shown={['name']} />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <NativeSelect
        label={t('families.responsible')}
        description={t('families.responsibleText')}
        data={responsible}
        {...form.getInputProps('staffId')}
      />
      <AttributeRows
        attributes={form.values.attributes}
        set={attributes => form.setFieldValue('attributes', attributes)}
      />
    </FormDialog>
  )
}

/** Kinds of products, with what each is compared by and who is responsible. */
export const Families = () => {
  const t = useSay()
  const list = useCall(families.families, {})
  return (
    <Records
      title={t('families.title')}
      lead={t('families.lead')}
      add={t('families.add')}
      may={useMay()('catalogue.edit')}
      of={{ ...list, items: list.data?.items ?? [] }}
      none={<EmptyState title={t('families.none')} text={t('families.noneText')} />}
      editLabel={family => t('families.editNamed', { name: family.name })}
      form={(family, close) => <FamilyForm family={family} close={close} />}
    >
      {family => (
        <>
          <div className="rp-grow">
            <strong>{family.name}</strong>
            <div className="rp-dim rp-small">
              {[...family.attributes.map(one => one.label), family.staffName].filter(Boolean).join(' · ')}
            </div>
          </div>
          <span className="rp-dim rp-small">{t('families.products', { count: family.productCount })}</span>
        </>
      )}
    </Records>
  )
}
