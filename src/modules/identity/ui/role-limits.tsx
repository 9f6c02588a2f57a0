import { Button, NumberInput, Select, Table } from '@mantine/core'
import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { identity, type Role, type RoleLimit } from '../contract.ts'
import { digitsOf, limitsFrom, type Row, rowsOf } from './limits.ts'

const currencies = () => Intl.supportedValuesOf('currency')
const usualCurrency = 'GBP'
const extents = ['nothing', 'upTo', 'everything'] as const

type RowProps = {
  act: Row['act']
  row: Row
  currency: string
  others: Role[]
  set: (row: Row) => void
  locked: boolean
}

const ActRow = ({ act, row, currency, others, set, locked }: RowProps) => {
  const t = useSay()
  const labelled = (what: string) => `${t(`act.${act}`)}: ${what}`
  return (
    <Table.Tr>
      <Table.Th scope="row">{t(`act.${act}`)}</Table.Th>
      <Table.Td>
        <Select
          size="xs"
          w={150}
          aria-label={labelled(t('limits.extent'))}
          data={extents.map(value => ({ value, label: t(`limits.${value}`) }))}
          value={row.extent}
          onChange={value => value && set({ ...row, extent: value })}
          allowDeselect={false}
          disabled={locked}
        />
      </Table.Td>
      <Table.Td>
        {row.extent === 'upTo' && (
          <NumberInput
            size="xs"
            w={130}
            aria-label={labelled(t('limits.most'))}
            min={0}
            decimalScale={digitsOf(currency)}
            thousandSeparator
            hideControls
            suffix={` ${currency}`}
            value={row.amount}
            onChange={value => set({ ...row, amount: value === '' ? '' : Number(value) })}
            disabled={locked}
          />
        )}
      </Table.Td>
      <Table.Td>
        {row.extent !== 'everything' && (
          <Select
            size="xs"
            w={170}
            aria-label={labelled(t('limits.referTo'))}
            placeholder={t('limits.nobody')}
            data={others.map(role => ({ value: String(role.id), label: role.name }))}
            value={row.referTo === null ? null : String(row.referTo)}
            onChange={value => set({ ...row, referTo: value === null ? null : Number(value) })}
            clearable
            disabled={locked}
          />
        )}
      </Table.Td>
    </Table.Tr>
  )
}

type FormProps = { role: Role; roles: Role[]; currency: string }

const LimitsForm = ({ role, roles, currency }: FormProps) => {
  const t = useSay()
  const edit = useMay()('staff.edit')
  const [rows, setRows] = useState(() => rowsOf(role.limits, currency))
  const act = useAct(identity.changeRole, {
    quiet: true,
    refresh: [identity.roles, identity.me],
    done: () => told(t('action.saved')),
  })
  const limits: RoleLimit[] = limitsFrom(rows, role.limits, currency)
  const unnamed = rows.some(row => row.extent === 'upTo' && row.referTo === null)
  return (
    <form
      className="rp-stack"
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ id: role.id, version: role.version, limits })
      }}
    >
      <ProblemNote problem={act.error} />
      <ScrollX label={t('limits.title')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('limits.act')}</Table.Th>
              <Table.Th scope="col">{t('limits.extent')}</Table.Th>
              <Table.Th scope="col">{t('limits.most')}</Table.Th>
              <Table.Th scope="col">{t('limits.referTo')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <ActRow
                key={row.act}
                act={row.act}
                row={row}
                currency={currency}
                others={roles.filter(other => other.id !== role.id)}
                set={next => setRows(rows.map((one, at) => (at === index ? next : one)))}
                locked={!edit || act.isPending}
              />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollX>
      {unnamed && <Notice>{t('limits.unnamed')}</Notice>}
      {edit && (
        <div>
          <Button type="submit" loading={act.isPending}>
            {t('action.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

/** Up to which amounts each role decides alone, and whom it asks beyond them. */
export const RoleLimits = ({ roles }: { roles: Role[] }) => {
  const t = useSay()
  const [roleId, setRole] = useState(String(roles[0]?.id ?? ''))
  const [currency, setCurrency] = useState(roles.flatMap(role => role.limits)[0]?.currency ?? usualCurrency)
  const role = roles.find(one => String(one.id) === roleId)
  return (
    <Section title={t('limits.title')} lead={t('limits.lead')}>
      <div className="rp-actions">
        <Select
          label={t('limits.role')}
          data={roles.map(one => ({ value: String(one.id), label: one.name }))}
          value={roleId}
          onChange={value => value && setRole(value)}
          allowDeselect={false}
        />
        <Select
          label={t('limits.currency')}
          data={currencies()}
          value={currency}
          onChange={value => value && setCurrency(value)}
          searchable
          allowDeselect={false}
          w={110}
        />
      </div>
      {role && (
        <LimitsForm key={`${role.id}:${role.version}:${currency}`} role={role} roles={roles} currency={currency} />
      )}
    </Section>
  )
}
