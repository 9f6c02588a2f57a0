import { ActionIcon } from '@mantine/core'
import { IconCircleCheckFilled, IconClock, IconClockPlus } from '@tabler/icons-react'
import { Label } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Clock, Complaint } from '../contract.ts'
import { dayOf } from './days.ts'

const Line = ({ clock, extend }: { clock: Clock; extend: () => void }) => {
  const t = useSay()
  const Icon = clock.keptOn ? IconCircleCheckFilled : IconClock
  return (
    <li data-kept={clock.keptOn !== null || undefined}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <div className="rp-grow">
        <span>{clock.title}</span>
        <span className="rp-dim rp-small">
          {clock.keptOn
            ? t('complaint.keptOn', { day: dayOf(clock.keptOn) })
            : clock.lastDay
              ? t('complaint.by', { day: dayOf(clock.lastDay) })
              : t('complaint.promptly')}
          {clock.extendedBy > 0 && ` · ${t('complaint.extended', { n: clock.extendedBy })}`}
        </span>
        <details className="rp-small rp-dim">
          <summary>{t('complaint.why')}</summary>
          <p>
            {clock.counts} <cite>{clock.citation}</cite>
          </p>
          {clock.mustSay.length > 0 && (
            <>
              <p>{t('complaint.mustSay')}</p>
              <ul>
                {clock.mustSay.map(one => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </>
          )}
        </details>
      </div>
      {clock.late && <Label tone="bad">{t('complaint.late')}</Label>}
      {clock.extension && !clock.keptOn && clock.lastDay && clock.extendedBy === 0 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('complaint.moreTime', { what: clock.title })}
          onClick={extend}
        >
          <IconClockPlus size={16} stroke={1.7} />
        </ActionIcon>
      )}
    </li>
  )
}

/** What is to be done by when, each with how its day came about. */
export const Clocks = ({ complaint, extend }: { complaint: Complaint; extend: () => void }) => (
  <ul className="rp-clocks">
    {complaint.clocks.map(clock => (
      <Line key={clock.id} clock={clock} extend={extend} />
    ))}
  </ul>
)
