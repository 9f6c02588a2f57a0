import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowMerge,
  IconArrowsExchange,
  IconArrowsSplit,
  IconArrowUpRight,
  IconDots,
  IconGift,
  IconHash,
  IconLink,
  IconLinkPlus,
  IconMailForward,
  IconMessageReport,
  IconSunrise,
  IconZzz,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useCommands } from '../../../ui/commands/running.ts'
import { KeyHint } from '../../../ui/kit/kbd.tsx'
import { told, toldProblem } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { BeginComplaint } from '../../complaints/ui/index.ts'
import { GiveDialog, ReferDialog } from '../../referrals/ui/index.ts'
import type { Case } from '../contract.ts'
import { useSnooze } from './snoozing.ts'

const dialogs = {
  handover: lazy(async () => ({ default: (await import('./handover-dialog.tsx')).HandOverDialog })),
  forward: lazy(async () => ({ default: (await import('./forward-dialog.tsx')).ForwardDialog })),
  snooze: lazy(async () => ({ default: (await import('./snooze-dialog.tsx')).SnoozeDialog })),
  merge: lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog })),
  split: lazy(async () => ({ default: (await import('./split-dialog.tsx')).SplitDialog })),
  link: lazy(async () => ({ default: (await import('./link-dialog.tsx')).LinkDialog })),
  complaint: BeginComplaint,
  give: GiveDialog,
  refer: ReferDialog,
}
type Dialog = keyof typeof dialogs

const useCopy = (kase: Case) => {
  const t = useSay()
  const copy = (text: string, done: string) =>
    navigator.clipboard
      ? navigator.clipboard.writeText(text).then(
          () => told(done),
          () => toldProblem(t('case.cannotCopy')),
        )
      : toldProblem(t('case.cannotCopy'))
  return {
    link: () => void copy(`${window.location.origin}/cases/${kase.id}`, t('case.copiedLink')),
    number: () => void copy(`#${kase.number}`, t('case.copiedNumber')),
  }
}

/** What is done less often with a case. */
export const CaseMenu = ({ kase }: { kase: Case }) => {
  const t = useSay()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const copy = useCopy(kase)
  const { wake } = useSnooze(kase)
  const may = {
    merge: kase.can.includes('merge'),
    link: kase.can.includes('change'),
    reply: kase.can.includes('reply'),
  }
  useCommands({
    merge: may.merge && (() => setDialog('merge')),
    link: may.link && (() => setDialog('link')),
    split: may.merge && kase.messageCount > 1 && (() => setDialog('split')),
    handOver: may.link && kase.can.includes('assign') && (() => setDialog('handover')),
    snooze: may.link && (() => setDialog('snooze')),
    forward: may.reply && (() => setDialog('forward')),
    give: may.link && (() => setDialog('give')),
    refer: may.link && (() => setDialog('refer')),
    copyLink: copy.link,
    copyNumber: copy.number,
  })
  const Shown = dialog ? dialogs[dialog] : null
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('case.more')}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may.reply && (
            <Menu.Item
              leftSection={<IconMailForward size={16} />}
              rightSection={<KeyHint of="forward" />}
              onClick={() => setDialog('forward')}
            >
              {t('forward.action')}
            </Menu.Item>
          )}
          {may.link && (
            <>
              <Menu.Item
                leftSection={<IconGift size={16} />}
                rightSection={<KeyHint of="give" />}
                onClick={() => setDialog('give')}
              >
                {t('give.action')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconArrowUpRight size={16} />}
                rightSection={<KeyHint of="refer" />}
                onClick={() => setDialog('refer')}
              >
                {t('refer.action')}
              </Menu.Item>
            </>
          )}
          {may.link && kase.kind !== 'complaint' && (
            <Menu.Item leftSection={<IconMessageReport size={16} />} onClick={() => setDialog('complaint')}>
              {t('complaint.begin')}
            </Menu.Item>
          )}
          {may.link && kase.can.includes('assign') && (
            <Menu.Item
              leftSection={<IconArrowsExchange size={16} />}
              rightSection={<KeyHint of="handOver" />}
              onClick={() => setDialog('handover')}
            >
              {t('handover.action')}
            </Menu.Item>
          )}
          {may.link && (
            <Menu.Item
              leftSection={<IconZzz size={16} />}
              rightSection={<KeyHint of="snooze" />}
              onClick={() => setDialog('snooze')}
            >
              {t('snooze.action')}
            </Menu.Item>
          )}
          {may.link && kase.snoozedUntil && (
            <Menu.Item leftSection={<IconSunrise size={16} />} onClick={wake}>
              {t('snooze.wake')}
            </Menu.Item>
          )}
          {may.merge && (
            <Menu.Item
              leftSection={<IconArrowMerge size={16} />}
              rightSection={<KeyHint of="merge" />}
              onClick={() => setDialog('merge')}
            >
              {t('merge.action')}
            </Menu.Item>
          )}
          {may.merge && kase.messageCount > 1 && (
            <Menu.Item
              leftSection={<IconArrowsSplit size={16} />}
              rightSection={<KeyHint of="split" />}
              onClick={() => setDialog('split')}
            >
              {t('split.action')}
            </Menu.Item>
          )}
          {may.link && (
            <Menu.Item
              leftSection={<IconLinkPlus size={16} />}
              rightSection={<KeyHint of="link" />}
              onClick={() => setDialog('link')}
            >
              {t('link.action')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconLink size={16} />} rightSection={<KeyHint of="copyLink" />} onClick={copy.link}>
            {t('case.copyLink')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHash size={16} />}
            rightSection={<KeyHint of="copyNumber" />}
            onClick={copy.number}
          >
            {t('case.copyNumber')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {Shown && (
        <Suspense fallback={null}>
          <Shown kase={kase} close={() => setDialog(null)} />
        </Suspense>
      )}
    </>
  )
}
