import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconCalendarTime, IconCheck, IconDots, IconInfoCircle, IconRotate2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall } from '../../../ui/call.ts'
import { Label, type Tone } from '../../../ui/kit/badges.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PromiseView } from '../../promises/contract.ts'
import { promising } from '../contract-promises.ts'
import { Due } from './due.tsx'
import { EndDialog } from './promise-end-dialog.tsx'
import { useKeep } from './promising.ts'

const tones: Record<NonNullable<PromiseView['outcome']>, Tone> = {
  kept: 'good',
  late: 'note',
  broken: 'bad',
  withdrawn: 'plain',
}

/** What was promised, in words: its own where it has any. */
export const usePromised = () => {
  const t = useSay()
  return (promise: Pick<PromiseView, 'kind' | 'title'>) => promise.title || t(`promise.kind.${promise.kind}`)
}

/** How a promise ended. */
export const Outcome = ({ promise }: { promise: PromiseView }) => {
  const t = useSay()
  if (!promise.outcome) return <Due at={promise.dueAt} paused={promise.pausedAt !== null} />
  return (
    <span title={promise.reason ? t(`promise.reason.${promise.reason}`) : ''}>
      <Label tone={tones[promise.outcome]}>{t(`case.promise.outcome.${promise.outcome}`)}</Label>
    </span>
  )
}

/** Why this time: asked for only when somebody wants to know. */
export const WhyThen = ({ id }: { id: number }) => {
  const story = useCall(promising.promise, { promiseId: id })
  return (
    <p className="rp-promise-why rp-small" role="status" translate="no">
      {story.data?.why ?? story.error?.message ?? '…'}
    </p>
  )
}

const Acts = ({ promise, showWhy }: { promise: PromiseView; showWhy: () => void }) => {
  const t = useSay()
  const what = usePromised()(promise)
  const [ending, setEnding] = useState<'late' | 'withdraw' | 'move' | null>(null)
  const { keep, busy } = useKeep(promise, () => setEnding('late'))
  return (
    <span className="rp-promise-acts">
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconCheck size={14} stroke={1.8} />}
        loading={busy}
        onClick={keep}
        aria-label={t('case.promise.keepNamed', { what })}
      >
        {t('case.promise.keep')}
      </Button>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('case.promise.more', { what })}>
            <IconDots size={15} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={showWhy}>
            {t('case.promise.why')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCalendarTime size={16} />} onClick={() => setEnding('move')}>
            {t('case.promise.move')}
          </Menu.Item>
          <Menu.Item leftSection={<IconRotate2 size={16} />} onClick={() => setEnding('withdraw')}>
            {t('case.promise.withdraw')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {ending && <EndDialog promise={promise} how={ending} close={() => setEnding(null)} />}
    </span>
  )
}

/** One promise in a case: what, by when, by whom, and how it ends. */
export const PromiseLine = ({ promise, may }: { promise: PromiseView; may: boolean }) => {
  const t = useSay()
  const what = usePromised()(promise)
  const [why, setWhy] = useState(false)
  return (
    <li className="rp-promise" data-ended={promise.outcome !== null || undefined}>
      <span className="rp-promise-what">
        <span className="rp-grow" dir="auto">
          {what}
        </span>
        <Outcome promise={promise} />
      </span>
      <span className="rp-promise-by rp-dim rp-small">
        <span className="rp-grow">
          {promise.dueAt && <time dateTime={promise.dueAt}>{atTime(promise.dueAt)}</time>}
          {promise.by && ` · ${t('case.promise.by', { name: promise.by.name })}`}
        </span>
        {may && !promise.outcome && !promise.byRule ? (
          <Acts promise={promise} showWhy={() => setWhy(!why)} />
        ) : (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-expanded={why}
            aria-label={t('case.promise.whyNamed', { what })}
            onClick={() => setWhy(!why)}
          >
            <IconInfoCircle size={15} stroke={1.7} />
          </ActionIcon>
        )}
      </span>
      {promise.note !== '' && (
        <p className="rp-small rp-promise-note" dir="auto">
          {promise.note}
        </p>
      )}
      {why && <WhyThen id={promise.id} />}
    </li>
  )
}
