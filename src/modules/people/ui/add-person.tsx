import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { FormDialog } from '../../../ui/kit/form-dialog.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { people } from '../contract.ts'

type Props = { name: string; close: () => void }
type Values = { name: string; email: string; phone: string; card: string; typeId: string | null }

export const AddPerson = ({ name, close }: Props) => {
  const t = useSay()
  const go = useNavigate()
  const types = useCall(people.types, {}, { staleTime: 5 * 60_000 })
  const form = useForm<Values>({ initialValues: { name, email: '', phone: '', card: '', typeId: null } })
  const act = useAct(people.add, {
    quiet: true,
    refresh: [people.find],
    done: person => {
      close()
      void go(`/people/${person.id}`)
    },
  })
  const submit = form.onSubmit(values => {
    const identities = (['email', 'phone', 'card'] as const)
      .filter(kind => values[kind].trim() !== '')
      .map(kind => ({ kind, value: values[kind].trim() }))
    act.mutate(
      { name: values.name, identities, typeId: values.typeId ? Number(values.typeId) : null },
      {
        onError: problem => {
          showFieldErrors(form, problem)
          // The server names the place in the list; here each kind has its own field.
          for (const { field, message } of problem.errors) {
            const kind = identities[Number(/^identities\[(\d+)\]/.exec(field)?.[1] ?? -1)]?.kind
            if (kind) form.setFieldError(kind, message)
          }
        },
      },
    )
  })
  return (
    <FormDialog title={t('people.add')} close={close} onSubmit={submit} busy={act.isPending} action={t('action.add')}>
      <ProblemNote
        problem={act.error}
        shown={['name', 'identities[0].value', 'identities[1].value', 'identities[2].value']}
      />
      <TextInput label={t('words.name')} required withAsterisk={false} data-autofocus {...form.getInputProps('name')} />
      <div className="rp-columns">
        <TextInput label={t('identity.email')} type="email" {...form.getInputProps('email')} />
        <TextInput label={t('identity.phone')} type="tel" {...form.getInputProps('phone')} />
      </div>
      <div className="rp-columns">
        <TextInput label={t('identity.card')} {...form.getInputProps('card')} />
        <Select
          label={t('person.type')}
          data={types.data?.items.map(type => ({ value: String(type.id), label: type.name })) ?? []}
          clearable
          {...form.getInputProps('typeId')}
        />
      </div>
    </FormDialog>
  )
}
