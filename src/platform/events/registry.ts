import type { Happening, Job, Recorded } from '../work.ts'

/** A module that wants to know: one job per event of the type, in the same transaction. */
export type Subscription = {
  event: string
  job: string
  /** Leaves out events it has no use for, before a job is made. */
  when?: (happening: Happening) => boolean
  /** Not before this time. */
  at?: (happening: Happening) => Date | undefined
}

/** The jobs that a transaction's events ask for. */
export const jobsFor = (
  subscriptions: readonly Subscription[],
  happenings: readonly Happening[],
  recorded: readonly Recorded[],
): Job[] =>
  happenings.flatMap((happening, index) =>
    subscriptions
      .filter(subscription => subscription.event === happening.type && (subscription.when?.(happening) ?? true))
      .map(subscription => {
        const at = subscription.at?.(happening)
        const payload = {
          eventId: recorded[index]?.id ?? 0,
          type: happening.type,
          subject: happening.subject,
          data: happening.data ?? {},
        }
        return { name: subscription.job, payload, ...(at ? { at } : {}) }
      }),
  )
