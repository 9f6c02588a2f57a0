import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import type { Output } from '../../../shared/contract.ts'
import { keyOf, useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote, showFieldErrors } from '../../../ui/kit/problem-note.tsx'
import { SaveButton } from '../../../ui/kit/save-button.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity } from '../contract.ts'
import { zones } from './zones.ts'

const Form = ({ organisation }: { organisation: Output<typeof identity.organisation> }) => {
  const t = useSay()
  const client = useQueryClient()
  const edit = useMay()('settings.edit')
  const form = useForm({
    initialValues: { name: organisation.name, zone: organisation.zone, currency: organisation.currency },
  })
  const act = useAct(identity.changeOrganisation, {
    quiet: true,
    refresh: [identity.me],
    done: saved => {
      client.setQueryData(keyOf(identity.organisation, {}), saved)
      told(t('action.saved'))
    },
  })
  const submit = form.onSubmit(values =>
    act.mutate({ ...values, version: organisation.version }, { onError: problem => showFieldErrors(form, problem) }),
  )
  return (
    <form onSubmit={submit} className="rp-stack" style={{ maxWidth: 420 }}>
      <ProblemNote problem={act.error} shown={['name', 'zone', 'currency']} />
      {!edit && <p className="rp-dim">{t('general.readOnly')}</p>}
      <TextInput label={t('general.name')} readOnly={!edit} {...form.getInputProps('name')} />
      <Select
        label={t('setUp.zone')}
        data={zones()}
        searchable
        allowDeselect={false}
        readOnly={!edit}
        {...form.getInputProps('zone')}
      />
      <Select
        label={t('general.currency')}
        description={t('general.currencyText')}
        data={Intl.supportedValuesOf('currency')}
        searchable
        allowDeselect={false}
        readOnly={!edit}
        {...form.getInputProps('currency')}
      />
      {edit && <SaveButton busy={act.isPending} changed={form.isDirty()} />}
    </form>
  )
}

export const General = () => {
  const t = useSay()
  const organisation = useCall(identity.organisation, {})
  return (
    <div className="rp-page" data-narrow>
      <PageHeader title={t('general.title')} lead={t('general.lead')} />
      {organisation.data ? (
        <Form key={organisation.data.version} organisation={organisation.data} />
      ) : (
        <Loading rows={2} />
      )}
    </div>
  )
}
