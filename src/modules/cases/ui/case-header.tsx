import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconEye, IconEyeCheck, IconPencil } from '@tabler/icons-react'
import { Avatar } from '../../../ui/kit/avatar.tsx'
import { ChannelIcon } from '../../../ui/kit/badges.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { Asleep } from './case-asleep.tsx'
import { CaseFields } from './case-fields.tsx'
import { CaseMenu } from './case-menu.tsx'
import { Subject } from './case-subject.tsx'
import { useFollow } from './follow.ts'
import type { Others } from './presence.ts'

type Props = { kase: Case; level: 1 | 2; back: () => void; solve: () => void; others: Others }

/** Who else has this case open: so that nobody answers twice. */
const Here = ({ others }: { others: Others }) => {
  const t = useSay()
  return (
    <span className="rp-here" role="status">
      {others.map(other => (
        <span key={other.staffId} data-writing={other.doing === 'writing' || undefined}>
          {other.doing === 'writing' ? <IconPencil size={13} aria-hidden /> : <Avatar name={other.name} size={18} />}
          {t(other.doing === 'writing' ? 'case.isWriting' : 'case.isHere', { name: other.name })}
        </span>
      ))}
    </span>
  )
}

export const CaseHeader = ({ kase, level, back, solve, others }: Props) => {
  const t = useSay()
  const follow = useFollow(kase)
  const solved = kase.status === 'solved' || kase.status === 'closed'
  return (
    <header className="rp-case-head">
      <div className="rp-case-bar">
        <ActionIcon variant="subtle" color="gray" onClick={back} aria-label={t('case.back')} className="rp-case-back">
          <IconArrowLeft size={18} stroke={1.7} />
        </ActionIcon>
        <span className="rp-dim rp-small rp-number">#{kase.number}</span>
        <span className="rp-dim rp-small rp-case-opened">
          <ChannelIcon channel={kase.channel} size={14} /> {t('case.opened')} <TimeAgo at={kase.openedAt} />
        </span>
        <Here others={others} />
        <span className="rp-grow" />
        <Tooltip label={t(kase.following ? 'case.unfollow' : 'case.follow')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={follow.toggle}
            aria-pressed={kase.following}
            aria-label={t('case.follow')}
          >
            {kase.following ? <IconEyeCheck size={18} stroke={1.7} /> : <IconEye size={18} stroke={1.7} />}
          </ActionIcon>
        </Tooltip>
        {!solved && kase.can.includes('change') && (
          <Button size="compact-md" variant="default" leftSection={<IconCheck size={15} />} onClick={solve}>
            {t('case.solve')}
          </Button>
        )}
        <CaseMenu kase={kase} />
      </div>
      <Subject kase={kase} level={level} />
      {kase.snoozedUntil && <Asleep kase={kase} until={kase.snoozedUntil} />}
      <CaseFields kase={kase} solve={solve} />
    </header>
  )
}
