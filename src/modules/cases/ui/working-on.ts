import { createContext, useContext } from 'react'

/** Going through cases one after the other; outside a queue there is nothing to hand out. */
export type WorkingOn = {
  /** Cases are handed out one at a time. */
  playing: boolean
  /** How many have been finished since. */
  done: number
  /** Goes to the next case of the view; this one is finished with. */
  next: (() => void) | null
  /** Goes to the next case without counting this one. */
  pass: (() => void) | null
  stop: () => void
}

export const WorkingContext = createContext<WorkingOn>({
  playing: false,
  done: 0,
  next: null,
  pass: null,
  stop: () => {},
})
export const useWorkingOn = () => useContext(WorkingContext)
