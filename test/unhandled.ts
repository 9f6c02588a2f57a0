/**
 * The job library loses its connection where nobody waits for it when a test stops the database or the program under
 * it. Everything else that nobody waited for fails the suite.
 * @returns false for what is not to be counted
 */
export const onUnhandledError = (error: unknown): boolean => {
  const { code, message, stack } = error as { code?: string; message?: string; stack?: string }
  const isStopped = code === '57P01'
  const isLate = message === 'timeout exceeded when trying to connect' && stack?.includes('graphile-worker')
  return !isStopped && !isLate
}
