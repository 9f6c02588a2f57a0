import './rules.css'
import { Button, Switch } from '@mantine/core'
import { IconGripVertical, IconListCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import { useAct, useCall } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { useDragging } from '../../../ui/kit/dragging.ts'
import { EmptyState } from '../../../ui/kit/empty-state.tsx'
import { Notice } from '../../../ui/kit/notice.tsx'
import { PageHeader } from '../../../ui/kit/page-header.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { RecordList } from '../../../ui/kit/records.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { moved, UpDown } from '../../../ui/kit/up-down.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { type Rule, rules } from '../contract-rules.ts'
import { RuleSentence } from './rule-sentence.tsx'

const Figures = ({ rule }: { rule: Rule }) => {
  const t = useSay()
  return (
    <div className="rp-dim rp-small">
      {t('rules.did', { count: rule.did })}
      {rule.lastAt && (
        <>
          {' '}
          · {t('rules.last')} <TimeAgo at={rule.lastAt} />
        </>
      )}
      {rule.failed > 0 && ` · ${t('rules.failedTimes', { count: rule.failed })}`}
      {rule.stops && ` · ${t('rules.stopsShort')}`}
    </div>
  )
}

/** The rules in the order they are asked. */
export const RulesList = () => {
  const t = useSay()
  const may = useMay()('settings.edit')
  const list = useCall(rules.list, {}, { refetchOnMount: 'always' })
  const order = useAct(rules.order, { refresh: [rules.list] })
  const change = useAct(rules.change, { refresh: [rules.list], quiet: true })
  const items = list.data?.items ?? []
  const place = (rule: Rule, to: number) => {
    const ids = items.map(one => one.id).filter(id => id !== rule.id)
    ids.splice(to, 0, rule.id)
    order.mutate({ ids })
  }
  const { drag, hold } = useDragging<Rule>((rule, over) =>
    place(
      rule,
      items.findIndex(one => String(one.id) === over),
    ),
  )
  return (
    <div className="rp-page">
      <PageHeader title={t('rules.title')} lead={t('rules.lead')}>
        {may && (
          <Button component={Link} to="/organisation/rules/new">
            {t('rules.add')}
          </Button>
        )}
      </PageHeader>
      <ProblemNote problem={change.error} />
      <RecordList
        of={{ ...list, items: list.data?.items }}
        height={64}
        none={
          <EmptyState
            icon={<IconListCheck size={34} stroke={1.2} />}
            title={t('rules.none')}
            text={t('rules.noneText')}
          />
        }
      >
        {rule => (
          <li
            key={rule.id}
            className="rp-rule"
            data-column={rule.id}
            data-over={drag?.over === String(rule.id) || undefined}
          >
            {may && (
              <span className="rp-rule-grip" onPointerDown={hold(rule)} aria-hidden>
                <IconGripVertical size={16} stroke={1.5} />
              </span>
            )}
            <div className="rp-rule-body">
              <Link to={`/organisation/rules/${rule.id}`}>
                <strong>{rule.name}</strong>
              </Link>{' '}
              {rule.off && <Label tone="bad">{t('rules.stopped')}</Label>}
              <div>
                <RuleSentence {...rule} />
              </div>
              {rule.off && <Notice tone="bad">{rule.off.reason}</Notice>}
              <Figures rule={rule} />
            </div>
            <Switch
              aria-label={t('rules.on', { name: rule.name })}
              checked={rule.enabled}
              disabled={!may || change.isPending}
              onChange={event =>
                change.mutate({ id: rule.id, enabled: event.currentTarget.checked, version: rule.version })
              }
            />
            {may && items.length > 1 && (
              <UpDown
                up={t('rules.up', { name: rule.name })}
                down={t('rules.down', { name: rule.name })}
                first={items[0] === rule}
                last={items.at(-1) === rule}
                busy={order.isPending}
                move={step => order.mutate({ ids: moved(items, rule, step).map(one => one.id) })}
              />
            )}
          </li>
        )}
      </RecordList>
    </div>
  )
}
