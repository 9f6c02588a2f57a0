import { ActionIcon } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'

type Props = {
  /** What the buttons say. */
  up: string
  down: string
  first: boolean
  last: boolean
  /** An earlier step is still on its way. */
  busy?: boolean
  /** -1 towards the beginning, 1 towards the end. */
  move: (step: -1 | 1) => void
}

/** Moves one of a list. */
export const UpDown = ({ up, down, first, last, busy = false, move }: Props) => (
  <>
    <ActionIcon variant="subtle" color="gray" disabled={first || busy} aria-label={up} onClick={() => move(-1)}>
      <IconArrowUp size={15} />
    </ActionIcon>
    <ActionIcon variant="subtle" color="gray" disabled={last || busy} aria-label={down} onClick={() => move(1)}>
      <IconArrowDown size={15} />
    </ActionIcon>
  </>
)

/** The list with one of its entries moved by a step. */
export const moved = <T,>(list: readonly T[], one: T, step: number): T[] => {
  const next = list.filter(other => other !== one)
  next.splice(list.indexOf(one) + step, 0, one)
  return next
}
