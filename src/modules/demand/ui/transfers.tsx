import { Button } from '@mantine/core'
import { useAct, usePages } from '../../../ui/call.ts'
import { Label } from '../../../ui/kit/badges.tsx'
import { LoadMore } from '../../../ui/kit/load-more.tsx'
import { Section } from '../../../ui/kit/section.tsx'
import { TimeAgo } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { demand, type Transfer } from '../contract.ts'

const Steps = ({ one }: { one: Transfer }) => {
  const t = useSay()
  const act = useAct(demand.settleTransfer, { refresh: [demand.transfers, demand.list, demand.register] })
  const next = one.state === 'requested' ? (['sent', 'arrived', 'refused'] as const) : (['arrived', 'refused'] as const)
  return (
    <span className="rp-actions">
      {next.map(state => (
        <Button
          key={state}
          size="compact-sm"
          variant="default"
          loading={act.isPending}
          aria-label={`${t(`transfers.${state}`)}: ${one.product.name}`}
          onClick={() => act.mutate({ id: one.id, state, version: one.version })}
        >
          {t(`transfers.${state}`)}
        </Button>
      ))}
    </span>
  )
}

/** What is under way from one place to another. */
export const Transfers = () => {
  const t = useSay()
  const may = useMay()
  const list = usePages(demand.transfers, { limit: 50 })
  if (list.items.length === 0) return null
  return (
    <Section title={t('transfers.title')}>
      <ul className="rp-list">
        {list.items.map(one => (
          <li key={one.id}>
            <div className="rp-grow">
              {one.product.name} <Label tone="info">{t(`transfers.state.${one.state}`)}</Label>
              <div className="rp-dim rp-small">
                {t('transfers.way', { from: one.from.name, to: one.to.name })} · <TimeAgo at={one.askedAt} />
                {one.askedBy && ` · ${one.askedBy}`}
              </div>
            </div>
            {may('catalogue.stock') && <Steps one={one} />}
          </li>
        ))}
      </ul>
      <LoadMore hasMore={list.hasNextPage} loading={list.isFetchingNextPage} more={() => void list.fetchNextPage()} />
    </Section>
  )
}
