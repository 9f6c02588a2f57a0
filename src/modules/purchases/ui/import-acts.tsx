import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { ConfirmButton } from '../../../ui/kit/confirm-button.tsx'
import { inNumbers } from '../../../ui/kit/time-ago.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { PurchaseImport } from '../contract.ts'
import { isBusy } from './import-following.ts'

type Props = { one: PurchaseImport; write: () => void; undo: () => void; busy: boolean }

/** What can be done with a file as it stands. */
export const ImportActs = ({ one, write, undo, busy }: Props) => {
  const t = useSay()
  const rows = one.sold + one.cancelled
  if (one.state === 'read')
    return (
      <>
        <ConfirmButton
          action={t('purchaseImport.drop')}
          question={t('purchaseImport.dropQuestion')}
          text={t('purchaseImport.dropText')}
          onConfirm={undo}
          disabled={busy}
        />
        {rows > 0 && (
          <Button onClick={write} loading={busy}>
            {t('purchaseImport.bring', { count: rows, n: inNumbers(rows) })}
          </Button>
        )}
      </>
    )
  if (one.state === 'done')
    return (
      <>
        <ConfirmButton
          action={t('purchaseImport.takeBack')}
          question={t('purchaseImport.takeBackQuestion')}
          text={t('purchaseImport.takeBackText')}
          onConfirm={undo}
          disabled={busy}
        />
        <Button component={Link} to={`/purchases?import=${one.id}`}>
          {t('purchaseImport.see')}
        </Button>
      </>
    )
  if (isBusy(one)) return null
  return (
    <Button variant="default" component={Link} to="/purchases/import">
      {t('purchaseImport.beginAgain')}
    </Button>
  )
}
