import { Checkbox, Select, Table } from '@mantine/core'
import { Suspense } from 'react'
import { useAct, useCall } from '../../../ui/call.ts'
import { Loading } from '../../../ui/kit/loading.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ScrollX } from '../../../ui/kit/scroll-x.tsx'
import { sayOr, useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { RoleLimits } from '../../authority/ui/index.ts'
import { identity, type Role } from '../contract.ts'

const visibilities = ['all', 'team', 'own', 'none'] as const

const useRoleChange = () => {
  const act = useAct(identity.changeRole, { refresh: [identity.roles, identity.me] })
  return {
    busy: act.isPending,
    tick: (role: Role, permission: string, on: boolean) =>
      act.mutate({
        id: role.id,
        version: role.version,
        permissions: on ? [...role.permissions, permission] : role.permissions.filter(other => other !== permission),
      }),
    see: (role: Role, visibility: Role['visibility']) => act.mutate({ id: role.id, version: role.version, visibility }),
  }
}

const Matrix = ({ roles, permissions }: { roles: Role[]; permissions: string[] }) => {
  const t = useSay()
  const edit = useMay()('staff.edit')
  const change = useRoleChange()
  const wordOf = (permission: string) => sayOr(`permission.${permission}`, permission)
  return (
    <ScrollX label={t('roles.title')}>
      <Table stickyHeader className="rp-matrix">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('roles.may')}</Table.Th>
            {roles.map(role => (
              <Table.Th key={role.id} scope="col" title={role.description}>
                {role.name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Th scope="row">{t('roles.sees')}</Table.Th>
            {roles.map(role => (
              <Table.Td key={role.id}>
                <Select
                  size="xs"
                  w={120}
                  aria-label={t('roles.tickLabel', { role: role.name, permission: t('roles.sees') })}
                  data={visibilities.map(value => ({ value, label: t(`visibility.${value}`) }))}
                  value={role.visibility}
                  onChange={value => value && change.see(role, value)}
                  allowDeselect={false}
                  disabled={!edit || change.busy}
                />
              </Table.Td>
            ))}
          </Table.Tr>
          {permissions.map(permission => (
            <Table.Tr key={permission}>
              <Table.Th scope="row">{wordOf(permission)}</Table.Th>
              {roles.map(role => (
                <Table.Td key={role.id}>
                  <Checkbox
                    aria-label={t('roles.tickLabel', { role: role.name, permission: wordOf(permission) })}
                    checked={role.permissions.includes(permission)}
                    disabled={!edit || change.busy}
                    onChange={event => change.tick(role, permission, event.currentTarget.checked)}
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollX>
  )
}

export const Roles = () => {
  const t = useSay()
  const roles = useCall(identity.roles, {})
  return (
    <div className="rp-page">
      <PageHeader title={t('roles.title')} lead={t('roles.lead')} />
      {roles.data ? <Matrix roles={roles.data.items} permissions={roles.data.permissions} /> : <Loading rows={8} />}
      <Suspense fallback={<Loading rows={5} />}>
        <RoleLimits />
      </Suspense>
    </div>
  )
}
