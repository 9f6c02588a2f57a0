import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const settledMs = 1500

/**
 * Gives back once what loading the program left behind. Node would keep it until a busy hour needs the room: half of
 * the libraries' text and all that was made while reading it.
 */
export const giveBackMemory = (): void => {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as (options?: { type: string; flavor: string }) => void
    collect({ type: 'major', flavor: 'last-resort' })
  }, settledMs).unref()
}
