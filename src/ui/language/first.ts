import { bulkWords } from '../../modules/cases/ui/en-bulk.ts'
import { listWords } from '../../modules/cases/ui/en-list.ts'
import { queueWords } from '../../modules/cases/ui/en-queue.ts'
import { shell } from './shell.ts'

/** The words of the frame and the queue, which are on screen before anything else is fetched. */
export const first = { ...shell, ...queueWords, ...listWords, ...bulkWords }
