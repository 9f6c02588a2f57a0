import * as z from 'zod'
import { Done, Id, Moment, operation } from '../../shared/contract.ts'

export const FailingJob = z.object({
  id: Id,
  name: z.string(),
  attempts: z.number(),
  maxAttempts: z.number(),
  lastError: z.string().nullable(),
  runAt: Moment,
  createdAt: Moment,
  givenUp: z.boolean(),
})
export type FailingJob = z.infer<typeof FailingJob>

export const automation = {
  jobs: operation({
    method: 'GET',
    path: '/api/jobs',
    permission: 'jobs.read',
    summary: 'Background jobs: how many wait, and those that fail',
    input: z.object({}),
    output: z.object({ waiting: z.number(), running: z.number(), failing: z.array(FailingJob) }),
  }),
  retryJob: operation({
    method: 'POST',
    path: '/api/jobs/:id/retry',
    permission: 'jobs.edit',
    summary: 'Try a failing job again now',
    input: z.object({ id: Id }),
    output: Done,
  }),
  dropJob: operation({
    method: 'DELETE',
    path: '/api/jobs/:id',
    permission: 'jobs.edit',
    summary: 'Give a failing job up for good',
    input: z.object({ id: Id }),
    output: Done,
  }),
}
