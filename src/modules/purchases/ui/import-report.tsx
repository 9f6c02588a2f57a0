import { money } from '../../../shared/money.ts'
import { inNumbers } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PurchaseImport } from '../contract.ts'

/** What a file holds, in figures that whoever sends it knows from elsewhere. */
export const ImportReport = ({ one }: { one: PurchaseImport }) => {
  const t = useSay()
  const { sold, soldMinor, cancelled, cancelledMinor, wrong, unmatched, ignored, currency, state } = one
  const rows = (count: number) => t('purchaseImport.count', { count, n: inNumbers(count) })
  const figures: [string, string, string][] = [
    [t('purchaseImport.sold'), money(soldMinor, currency), rows(sold)],
    [t('purchaseImport.cancelled'), money(cancelledMinor, currency), rows(cancelled)],
    [t('purchaseImport.wrongCount'), inNumbers(wrong), t('purchaseImport.ofRows', { n: inNumbers(one.rows) })],
  ]
  if (state === 'done')
    figures.push([
      t('purchaseImport.unmatched'),
      inNumbers(unmatched),
      t('purchaseImport.ofRows', { n: inNumbers(cancelled) }),
    ])
  return (
    <>
      <dl className="rp-import-figures">
        {figures.map(([label, figure, detail]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <strong>{figure}</strong>
              <span className="rp-dim rp-small">{detail}</span>
            </dd>
          </div>
        ))}
      </dl>
      {ignored.length > 0 && (
        <p className="rp-dim" style={{ margin: 0 }}>
          {t('purchaseImport.ignored', { columns: ignored.join(', ') })}
        </p>
      )}
    </>
  )
}
