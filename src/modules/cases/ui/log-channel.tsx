import { SegmentedControl } from '@mantine/core'
import { ChannelIcon } from '../../../ui/kit/badges.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Spoken, spoken } from './composing.ts'

/** How they came to us: one row, moved along with the arrow keys. */
export const LogChannel = ({ channel, set }: { channel: Spoken; set: (channel: Spoken) => void }) => {
  const t = useSay()
  return (
    <div className="rp-log-channels">
      <SegmentedControl
        fullWidth
        aria-label={t('log.channel')}
        value={channel}
        onChange={value => set(value)}
        data={spoken.map(value => ({
          value,
          label: (
            <span className="rp-log-channel">
              <ChannelIcon channel={value} silent />
              {t(`log.by.${value}`)}
            </span>
          ),
        }))}
      />
    </div>
  )
}
