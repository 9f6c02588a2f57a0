import type { Happening, Job } from '../work.ts'

/** A module that wants to know: one job per event of the type, in the same transaction. */
export type Subscription = {
  event: string
  job: string
  /** Leaves out events it has no use for, before a job is made. */
  when?: (happening: Happening) => boolean
  /** Not before this time. */
  at?: (happening: Happening) => Date | undefined
  /** Done with others of its kind, many at a time. */
  together?: boolean
  /** Told also what it was before and after, and what led to it. */
  whole?: boolean
}

/** Who brought something about, as subscribers are told: enough to leave them alone about their own doing. */
export type By = { staffId: number | null; name: string }

/** The jobs that a transaction's events ask for. */
export const jobsFor = (
  subscriptions: readonly Subscription[],
  happenings: readonly Happening[],
  by: By,
  cause: string | null = null,
): Job[] =>
  happenings.flatMap(happening =>
    subscriptions
      .filter(subscription => subscription.event === happening.type && (subscription.when?.(happening) ?? true))
      .map(({ job, at: when, together = false, whole = false }) => {
        const at = when?.(happening)
        const change = whole ? { before: happening.before ?? null, after: happening.after ?? null, cause } : {}
        const payload = { type: happening.type, subject: happening.subject, data: happening.data ?? {}, by, ...change }
        return { name: job, payload, together, ...(at ? { at } : {}) }
      }),
  )
