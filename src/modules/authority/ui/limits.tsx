import { Select } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { identity } from '../../identity/contract.ts'
import { authority, type Holder, type HolderKind, holderKinds } from '../contract.ts'
import { LimitsForm } from './limits-form.tsx'

const currencies = () => Intl.supportedValuesOf('currency')

/** Every role, team and person: those without limits of their own too. */
const useHolders = () => {
  const set = useCall(authority.limits, {}).data?.items
  const teams = useCall(identity.teams, {}).data?.items
  const staff = useCall(identity.staff, {}).data?.items
  if (!set || !teams || !staff) return null
  const of = (kind: HolderKind, all: readonly { id: number; name: string }[]): Holder[] =>
    all.map(
      ({ id, name }) =>
        set.find(one => one.kind === kind && one.id === id) ?? { kind, id, name, version: 0, limits: [] },
    )
  return {
    role: set.filter(one => one.kind === 'role'),
    team: of('team', teams),
    person: of(
      'person',
      staff.filter(one => one.endedAt === null),
    ),
  }
}

type ChoiceProps = {
  kind: HolderKind
  setKind: (kind: HolderKind) => void
  id: string
  setId: (id: string) => void
  all: Holder[]
}

const HolderChoice = ({ kind, setKind, id, setId, all }: ChoiceProps) => {
  const t = useSay()
  return (
    <>
      <Select
        label={t('limits.for')}
        data={holderKinds.map(value => ({ value, label: t(`limits.kind.${value}`) }))}
        value={kind}
        onChange={value => value && setKind(value)}
        allowDeselect={false}
        w={130}
      />
      <Select
        label={t(`limits.kind.${kind}`)}
        data={all.map(one => ({
          value: String(one.id),
          label: kind !== 'role' && one.limits.length > 0 ? t('limits.own', { name: one.name }) : one.name,
        }))}
        value={id}
        onChange={value => value && setId(value)}
        searchable
        allowDeselect={false}
      />
    </>
  )
}

/** How far each role, team and person decides alone, and whom they ask beyond that. The most specific holds. */
export const RoleLimits = () => {
  const t = useSay()
  const holders = useHolders()
  const [kind, setKind] = useState<HolderKind>('role')
  const [id, setId] = useState('')
  const { organisation } = useMe()
  const [currency, setCurrency] = useState<string | null>(null)
  const all = holders?.[kind] ?? []
  const holder = all.find(one => String(one.id) === id) ?? all[0]
  const known = holders?.role.flatMap(role => role.limits).find(limit => limit.currency !== null)?.currency
  const shown = currency ?? known ?? organisation.currency
  return (
    <Section title={t('limits.title')} lead={t('limits.lead')}>
      <div className="rp-actions">
        <HolderChoice
          kind={kind}
          setKind={next => {
            setKind(next)
            setId('')
          }}
          id={holder ? String(holder.id) : ''}
          setId={setId}
          all={all}
        />
        <Select
          label={t('limits.currency')}
          data={currencies()}
          value={shown}
          onChange={setCurrency}
          searchable
          allowDeselect={false}
          w={110}
        />
      </div>
      {kind !== 'role' && holder?.limits.length === 0 && <Notice>{t(`limits.none.${kind}`)}</Notice>}
      {holder && holders ? (
        <LimitsForm
          key={`${kind}:${holder.id}:${holder.version}:${shown}`}
          holder={holder}
          roles={holders.role}
          currency={shown}
        />
      ) : (
        <Loading rows={5} />
      )}
    </Section>
  )
}
