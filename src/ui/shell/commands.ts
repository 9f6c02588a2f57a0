import { useNavigate } from 'react-router'
import { useSay } from '../language/index.ts'
import { useMay } from '../me.ts'
import { usePreference } from '../preference.ts'
import { useShell } from './actions.ts'
import { organisationPages } from './pages.ts'

/** What can be done from anywhere, by name. */
export const useCommands = () => {
  const t = useSay()
  const go = useNavigate()
  const may = useMay()
  const { logContact, shortcuts } = useShell()
  const { preferences, prefer } = usePreference()
  const to = (label: string, path: string) => ({ label, run: () => void go(path) })
  const dark = preferences.colourScheme === 'dark'
  return [
    to(t('nav.queue'), '/queue'),
    to(t('queue.mine'), '/queue/mine'),
    to(t('queue.unassigned'), '/queue/unassigned'),
    ...(may('person.read') ? [to(t('nav.people'), '/people')] : []),
    to(t('nav.requests'), '/requests'),
    ...(may('case.open') ? [{ label: t('shell.log'), run: logContact }] : []),
    to(t('account.title'), '/account'),
    { label: t(dark ? 'command.light' : 'command.dark'), run: () => prefer({ colourScheme: dark ? 'light' : 'dark' }) },
    { label: t('shortcuts.title'), run: shortcuts },
    ...organisationPages
      .filter(page => !page.permission || may(page.permission))
      .map(page => to(t(page.label), `/organisation/${page.path}`)),
  ]
}
