import './day.css'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useCall } from '../../../ui/call.ts'
import { usePageTitle } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { TimeSince } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { day } from '../contract-day.ts'

const everyMs = 15_000

/** For a screen on the wall: what waits, by team. No customer is named, because visitors read it too. */
export const WallPage = () => {
  const t = useSay()
  const heading = usePageTitle(t('wall.title'))
  const wall = useCall(day.wall, {}, { refetchInterval: everyMs })
  return (
    <div className="rp-wall">
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {t('wall.title')}
        </h1>
        <ActionIcon component={Link} to="/queue" variant="subtle" color="gray" aria-label={t('wall.back')} size="lg">
          <IconX size={20} />
        </ActionIcon>
      </header>
      <ProblemNote problem={wall.error} />
      <table>
        <thead>
          <tr>
            <th scope="col">{t('wall.team')}</th>
            <th scope="col">{t('wall.waiting')}</th>
            <th scope="col">{t('wall.oldest')}</th>
            <th scope="col">{t('wall.unassigned')}</th>
            <th scope="col">{t('wall.open')}</th>
            <th scope="col">{t('wall.solved')}</th>
          </tr>
        </thead>
        <tbody>
          {wall.data?.teams.map(team => (
            <tr key={team.id ?? 0}>
              <td>{team.name || t('wall.noTeam')}</td>
              <td>{team.waiting}</td>
              <td>{team.oldestWaiting ? <TimeSince at={team.oldestWaiting} /> : '–'}</td>
              <td>{team.unassigned}</td>
              <td>{team.open}</td>
              <td>{team.solvedToday}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
