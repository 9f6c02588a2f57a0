import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { money } from '../../../shared/money.ts'
import { useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMay } from '../../../ui/me.ts'
import { cases } from '../../cases/contract.ts'
import { type Return, returns } from '../contract.ts'
import type { ReturnLine } from './kinds.ts'
import { moves } from './moves.ts'
import { GoodsState } from './state-labels.tsx'

const Moves = ({ of, line }: { of: Return; line: ReturnLine }) => {
  const t = useSay()
  const act = useAct(returns.moveGoods, {
    refresh: [returns.get, returns.list, cases.get],
    done: () => told(t('returns.moved'), 'goods'),
  })
  const next = moves[line.goods]
  if (next.length === 0) return null
  return (
    <fieldset className="rp-actions rp-return-moves" aria-label={t('returns.move', { name: line.name })}>
      {next.map((to, index) => (
        <Button
          key={to}
          size="compact-sm"
          variant={index === 0 ? 'light' : 'default'}
          disabled={act.isPending}
          onClick={() => act.mutate({ id: of.id, lineId: line.id, to, note: '' })}
        >
          {t(`returns.move.${to}`)}
        </Button>
      ))}
    </fieldset>
  )
}

const Line = ({ of, line }: { of: Return; line: ReturnLine }) => {
  const t = useSay()
  const may = useMay()
  const { name, quantity, reason, proof, outcome, basis, clause, amountMinor, feeMinor, goods, goodsNote } = line
  return (
    <li className="rp-return-one">
      <p className="rp-return-one-top">
        <strong>
          {quantity > 1 && `${quantity} × `}
          {name}
        </strong>
        <span className="rp-number">
          {t(`returns.outcome.${outcome}`)}
          {amountMinor > 0 && ` ${money(amountMinor, of.currency)}`}
        </span>
      </p>
      <p className="rp-dim rp-small">
        {[
          t(`returns.reason.${reason}`),
          t(`returns.proof.${proof}`),
          ...(feeMinor > 0 ? [t('returns.kept', { amount: money(feeMinor, of.currency) })] : []),
        ].join(' · ')}
        {line.purchase && (
          <>
            {' · '}
            {may('purchase.read') ? (
              <Link to={`/purchases/${line.purchase.id}`}>
                {t('returns.ofPurchase', { number: line.purchase.number })}
              </Link>
            ) : (
              t('returns.ofPurchase', { number: line.purchase.number })
            )}
          </>
        )}
      </p>
      <p className="rp-return-clause">
        <span className="rp-tag">{t(`returns.basis.${basis}`)}</span> {basis !== 'exception' && clause}
      </p>
      <div className="rp-return-goods">
        <GoodsState state={goods} />
        {goodsNote && <span className="rp-dim rp-small">{goodsNote}</span>}
        <Moves of={of} line={line} />
      </div>
    </li>
  )
}

/** What came back line by line: by which clause, where it is, and where it can go. */
export const Goods = ({ of }: { of: Return }) => (
  <ul className="rp-return-ones">
    {of.lines.map(line => (
      <Line key={line.id} of={of} line={line} />
    ))}
  </ul>
)
