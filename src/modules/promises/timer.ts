import type { Work } from '../../platform/work.ts'

/**
 * The one timer of a promise: a later one takes the place of an earlier. One that rings for a promise that is closed or
 * was moved finds nothing to do, so nobody has to stop it.
 */
export const setTimer = (work: Work, id: number, at: Date | null): void => {
  if (at) work.enqueue({ name: 'promises:look', payload: { id }, at, key: `promise:${id}`, together: true })
}
