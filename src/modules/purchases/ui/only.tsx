import { Button } from '@mantine/core'
import { useSay } from '../../../ui/language/index.ts'

type Props = {
  personId: number | null
  /** Whose purchases are shown, as far as the list says it. */
  name: string | undefined
  importId: number | null
  clear: (name: 'person' | 'import') => void
}

/** What a list that came by a link is narrowed to, and the way back to all. */
export const Only = ({ personId, name, importId, clear }: Props) => {
  const t = useSay()
  const said = [
    ...(personId ? [['person', name ? t('purchases.only', { name }) : t('purchases.onlyOne')] as const] : []),
    ...(importId ? [['import', t('purchases.onlyImport')] as const] : []),
  ]
  return said.map(([what, text]) => (
    <div key={what} className="rp-purchase-only">
      <span>{text}</span>
      <Button size="compact-sm" variant="default" onClick={() => clear(what)}>
        {t('purchases.cleared')}
      </Button>
    </div>
  ))
}
