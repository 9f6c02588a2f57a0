import { IconCircle, IconCircleCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import { Section } from '../../../ui/kit/section.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Day } from '../contract-day.ts'

const places: Record<Day['firstSteps'][number]['key'], string> = {
  hours: '/organisation/hours',
  team: '/organisation/teams',
  staff: '/organisation/staff',
  mailbox: '/organisation/mailboxes',
  portal: '/organisation/portal',
  case: '/log',
  macro: '/organisation/macros',
}

/** What a new organisation has still to do; nothing once all of it is done. */
export const FirstSteps = ({ steps }: { steps: Day['firstSteps'] }) => {
  const t = useSay()
  if (steps.every(step => step.done)) return null
  return (
    <Section title={t('day.steps')} lead={t('day.stepsLead')}>
      <ul className="rp-list">
        {steps.map(({ key, done }) => (
          <li key={key}>
            <Link to={places[key]} className="rp-row-link">
              {done ? (
                <IconCircleCheck size={18} color="var(--rp-accent)" aria-hidden />
              ) : (
                <IconCircle size={18} stroke={1.5} aria-hidden />
              )}
              <span className="rp-grow">{t(`day.step.${key}`)}</span>
              {done && <span className="rp-dim rp-small">{t('day.stepDone')}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
