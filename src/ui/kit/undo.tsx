import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useUndoable } from '../commands/undoing.ts'
import { useSay } from '../language/index.ts'

/** What was done, and the way back: the inside of a message that pops up. */
export const Undo = ({ message, run }: { message: string; run: () => void }) => {
  const t = useSay()
  useUndoable(run)
  return (
    <span className="rp-undo">
      <span>{message}</span>
      <Button size="compact-sm" variant="light" leftSection={<IconArrowBackUp size={15} />} onClick={run}>
        {t('action.undo')}
      </Button>
    </span>
  )
}
