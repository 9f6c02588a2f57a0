import { IconTargetArrow } from '@tabler/icons-react'
import { useAct, useCall } from '../../../ui/call.ts'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Records } from '../../../ui/kit/records.tsx'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type ServiceLevel, serviceLevels } from '../contract.ts'
import { LevelForm } from './level-form.tsx'
import { inUnits } from './units.ts'

/** Below this many a share would say more than is known. */
const enough = 20

const Kept = ({ level }: { level: ServiceLevel }) => {
  const t = useSay()
  const { kept, ended } = level
  if (ended === 0) return t('levels.keptNone')
  if (ended < enough) return t('levels.keptFew', { kept, count: ended })
  return t('levels.kept', { share: `${Math.round((100 * kept) / ended)} %`, count: ended })
}

const Figures = ({ level }: { level: ServiceLevel }) => {
  const t = useSay()
  const { value, unit } = inUnits(level.targetMinutes)
  return (
    <div className="rp-grow">
      <strong>{level.name}</strong>{' '}
      <span className="rp-dim">
        {t(`promise.kind.${level.kind}`)} · {value} {t(`levels.target.${unit}`)} · {t(`levels.clock.${level.clock}`)}
      </span>
      <div className="rp-dim rp-small">
        {t('levels.open', { count: level.open })} · <Kept level={level} />
        {level.replanned && (
          <>
            {' '}
            ·{' '}
            {t('levels.replanned', {
              when: atTime(level.replanned.at),
              moved: level.replanned.moved,
              looked: level.replanned.looked,
            })}
          </>
        )}
      </div>
    </div>
  )
}

/** Which rule is asked first matters: the first that fits holds. */
const Order = ({ level, all }: { level: ServiceLevel; all: readonly ServiceLevel[] }) => {
  const t = useSay()
  const order = useAct(serviceLevels.orderServiceLevels, { refresh: [serviceLevels.serviceLevels] })
  const ids = all.filter(one => one.kind === level.kind).map(one => one.id)
  const at = ids.indexOf(level.id)
  if (ids.length < 2) return null
  return (
    <UpDown
      up={t('levels.up', { name: level.name })}
      down={t('levels.down', { name: level.name })}
      first={at === 0}
      last={at === ids.length - 1}
      busy={order.isPending}
      move={step => order.mutate({ kind: level.kind, ids: moved(ids, level.id, step) })}
    />
  )
}

/** What is promised by rule, in the order the rules are asked. */
export const Levels = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(serviceLevels.serviceLevels, {}, { refetchOnMount: 'always' })
  const end = useAct(serviceLevels.changeServiceLevel, { refresh: [serviceLevels.serviceLevels] })
  return (
    <Records
      title={t('levels.title')}
      lead={t('levels.lead')}
      add={t('levels.add')}
      may={may}
      of={{ ...list, items: list.data?.items }}
      none={
        <EmptyState
          icon={<IconTargetArrow size={34} stroke={1.2} />}
          title={t('levels.none')}
          text={t('levels.noneText')}
        />
      }
      editLabel={level => `${t('action.edit')} ${level.name}`}
      form={(level, close) => <LevelForm level={level} close={close} />}
    >
      {level => (
        <>
          <Figures level={level} />
          {may && (
            <>
              <Order level={level} all={list.data?.items ?? []} />
              <ConfirmButton
                size="compact-sm"
                action={t('levels.end')}
                label={`${t('levels.end')}: ${level.name}`}
                question={t('levels.endQuestion', { name: level.name })}
                text={t('levels.endText')}
                onConfirm={() => end.mutate({ id: level.id, ended: true, version: level.version })}
              />
            </>
          )}
        </>
      )}
    </Records>
  )
}
