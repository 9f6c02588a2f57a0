import { en as cases } from '../../modules/cases/ui/en.ts'
import { shell } from './shell.ts'

/** The words of the frame and the queue, which are on screen before anything else is fetched. */
export const first = { ...shell, ...cases }
