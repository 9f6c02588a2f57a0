import { useNavigate } from 'react-router'
import { builtInViews, useViews } from '../../modules/cases/ui/index.ts'
import { useCommands } from '../commands/running.ts'
import { undoLast } from '../commands/undoing.ts'
import { toldProblem } from '../kit/toast.tsx'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { usePreference } from '../preference.ts'
import type { ShellActions } from './actions.ts'
import { organisationPages } from './pages.ts'

/** What can be done from anywhere. */
export const useShellCommands = ({ search, shortcuts, logContact }: ShellActions) => {
  const t = useSay()
  const go = useNavigate()
  const may = useMay()
  const to = (path: string) => () => void go(path)
  const sees = may('case.read')
  useCommands({
    search,
    help: shortcuts,
    log: may('case.open') && logContact,
    undo: () => undoLast() || toldProblem(t('command.nothingToUndo')),
    'go.queue': sees && to('/queue'),
    'go.mine': sees && to('/queue/mine'),
    'go.unassigned': sees && to('/queue/unassigned'),
    'go.diary': sees && to('/diary'),
    'go.promises': sees && to('/promises'),
    'go.counter': may('case.open') && to('/counter'),
    'go.cover': may('case.assign') && to('/cover'),
    'go.shift': may('case.assign') && to('/cover/shift'),
    'go.people': may('person.read') && to('/people'),
    'go.catalogue': may('catalogue.read') && to('/catalogue'),
    'go.purchases': may('purchase.read') && to('/purchases'),
    'go.returns': may('return.handle') && to('/returns'),
    'go.returnsDesk': may('return.handle') && to('/returns/desk'),
    'go.knowledge': may('knowledge.read') && to('/knowledge'),
    'go.notifications': to('/notifications'),
    'go.requests': to('/requests'),
    'go.complaints': may('case.read') && to('/complaints'),
    'go.referrals': may('case.handle') && to('/referrals'),
    'go.codes': may('knowledge.read') && to('/codes'),
    'go.calm': may('case.handle') && to('/calm'),
    'go.settings': to('/organisation'),
    'go.account': to('/account'),
  })
}

export type Place = { key: string; label: string; detail: string; also?: string; run: () => void; path?: string }

/** Views, settings and switches: what the palette offers besides the commands of the table. */
export const usePlaces = (): Place[] => {
  const t = useSay()
  const go = useNavigate()
  const may = useMay()
  const views = useViews()
  const { preferences, prefer } = usePreference()
  const dark = preferences.colourScheme === 'dark'
  const at = (label: string, path: string, detail: string): Place => ({
    key: path,
    label,
    detail,
    path,
    run: () => void go(path),
  })
  return [
    ...(may('case.read')
      ? [
          at(t('nav.day'), '/day', t('search.view')),
          at(t('nav.wall'), '/wall', t('search.view')),
          ...builtInViews.map(key => at(t(`queue.${key}`), `/queue/${key}`, t('search.view'))),
          ...(views.data?.items ?? []).map(view => at(view.name, `/queue/${view.id}`, t('search.view'))),
        ]
      : []),
    ...organisationPages
      .filter(page => !page.permission || may(page.permission))
      .map(page => at(t(page.label), `/organisation/${page.path}`, t('nav.settings'))),
    ...(may('case.read') ? [at(t('deliveries.title'), '/deliveries', t('nav.promises'))] : []),
    at(t('account.title'), '/account', t('nav.settings')),
    at(t('keys.change'), '/account#keys', t('nav.settings')),
    at(t('notifications.quiet'), '/notifications', t('nav.settings')),
    ...(may('person.edit') ? [at(t('same.allTitle'), '/people/duplicates', t('nav.people'))] : []),
    {
      key: 'scheme',
      label: t(dark ? 'command.light' : 'command.dark'),
      detail: t('nav.settings'),
      run: () => prefer({ colourScheme: dark ? 'light' : 'dark' }),
    },
  ]
}
