import { Button, NumberInput, Select, Table } from '@mantine/core'
import { useState } from 'react'
import { digitsOf } from '../../../shared/money.ts'
import { useAct } from '../../../ui/call.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { authority, type Holder, type Limit } from '../contract.ts'
import { limitsFrom, type Row, rowsOf } from './limit-rows.ts'

const extents = ['nothing', 'upTo', 'everything'] as const
const ofOthers = ['inherit', ...extents] as const
const sums = ['perCustomer', 'perShift'] as const

type RowProps = {
  row: Row
  extents: readonly Row['extent'][]
  roles: Holder[]
  set: (row: Row) => void
  locked: boolean
}

type FigureProps = Pick<RowProps, 'row' | 'set' | 'locked'> & { of: 'amount' | (typeof sums)[number]; label: string }

const Figure = ({ row, set, locked, of, label }: FigureProps) => (
  <NumberInput
    size="xs"
    w={120}
    aria-label={label}
    min={0}
    decimalScale={row.currency === null ? 0 : digitsOf(row.currency)}
    thousandSeparator
    hideControls
    {...(row.currency === null ? {} : { suffix: ` ${row.currency}` })}
    value={row[of]}
    onChange={value => set({ ...row, [of]: value === '' ? '' : Number(value) })}
    disabled={locked}
  />
)

const ActRow = ({ row, extents: choices, roles, set, locked }: RowProps) => {
  const t = useSay()
  const act = t(`act.${row.act}`)
  const labelled = (what: string) => `${act}: ${what}`
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {act}
        {row.currency === null && <span className="rp-dim rp-small"> {t('limits.counted')}</span>}
      </Table.Th>
      <Table.Td>
        <Select
          size="xs"
          w={140}
          aria-label={labelled(t('limits.extent'))}
          data={choices.map(value => ({ value, label: t(`limits.${value}`) }))}
          value={row.extent}
          onChange={value => value && set({ ...row, extent: value })}
          allowDeselect={false}
          disabled={locked}
        />
      </Table.Td>
      <Table.Td>
        {row.extent === 'upTo' && (
          <Figure row={row} set={set} locked={locked} of="amount" label={labelled(t('limits.most'))} />
        )}
      </Table.Td>
      {sums.map(sum => (
        <Table.Td key={sum}>
          {(row.extent === 'upTo' || row.extent === 'everything') && (
            <Figure row={row} set={set} locked={locked} of={sum} label={labelled(t(`limits.${sum}`))} />
          )}
        </Table.Td>
      ))}
      <Table.Td>
        <Select
          size="xs"
          w={160}
          aria-label={labelled(t('limits.referTo'))}
          placeholder={t('limits.nobody')}
          data={roles.map(role => ({ value: String(role.id), label: role.name }))}
          value={row.referTo === null ? null : String(row.referTo)}
          onChange={value => set({ ...row, referTo: value === null ? null : Number(value) })}
          clearable
          disabled={locked}
        />
      </Table.Td>
    </Table.Tr>
  )
}

/** How far one role, team or person decides alone, in one currency and in kind. */
export const LimitsForm = ({ holder, roles, currency }: { holder: Holder; roles: Holder[]; currency: string }) => {
  const t = useSay()
  const edit = useMay()('staff.edit')
  const none = holder.kind === 'role' ? 'nothing' : 'inherit'
  const [rows, setRows] = useState(() => rowsOf(holder.limits, currency, none))
  const act = useAct(authority.setLimits, {
    quiet: true,
    refresh: [authority.limits],
    done: () => told(t('action.saved')),
  })
  const limits: Limit[] = limitsFrom(rows, holder.limits, currency, none)
  const unnamed = rows.some(row => row.extent === 'upTo' && row.referTo === null)
  const others = roles.filter(role => holder.kind !== 'role' || role.id !== holder.id)
  return (
    <form
      className="rp-stack"
      onSubmit={event => {
        event.preventDefault()
        act.mutate({ kind: holder.kind, id: holder.id, version: holder.version, limits })
      }}
    >
      <ProblemNote problem={act.error} />
      <ScrollX label={t('limits.title')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['act', 'extent', 'most', 'perCustomer', 'perShift', 'referTo'] as const).map(column => (
                <Table.Th key={column} scope="col">
                  {t(`limits.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <ActRow
                key={row.act}
                row={row}
                extents={none === 'nothing' ? extents : ofOthers}
                roles={others}
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
