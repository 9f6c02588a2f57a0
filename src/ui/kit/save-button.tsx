import { Button } from '@mantine/core'
import { useSay } from '../language/index.ts'

/** Saves a page of settings: there is nothing to press until something was changed. */
export const SaveButton = ({ busy, changed }: { busy: boolean; changed: boolean }) => {
  const t = useSay()
  return (
    <div>
      <Button type="submit" loading={busy} disabled={!changed}>
        {t('action.save')}
      </Button>
    </div>
  )
}
