import { promiseAnswers } from '../../cases/ui/index.ts'
import { complaints } from '../contract.ts'

/** What a step of a complaint changes beside itself. */
export const stale = [complaints.complaint, complaints.list, ...promiseAnswers]
