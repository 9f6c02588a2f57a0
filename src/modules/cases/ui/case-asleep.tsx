import { Button } from '@mantine/core'
import { IconZzz } from '@tabler/icons-react'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { toHeading } from './leaving.ts'
import { useSnooze } from './snoozing.ts'

/** Until when a case sleeps: in no queue meanwhile, so whoever opens it should know. */
export const Asleep = ({ kase, until }: { kase: Case; until: string }) => {
  const t = useSay()
  const { wake } = useSnooze(kase)
  return (
    <p className="rp-case-asleep">
      <IconZzz size={15} stroke={1.7} aria-hidden />
      <span>
        {t('snooze.until')} <time dateTime={until}>{atTime(until)}</time>
      </span>
      {kase.can.includes('change') && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={event => {
            // The button goes with the sleep: the keys go back to the case.
            toHeading(event.currentTarget)
            wake()
          }}
        >
          {t('snooze.wake')}
        </Button>
      )}
    </p>
  )
}
