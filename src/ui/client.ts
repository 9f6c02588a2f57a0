import { MutationCache, QueryClient } from '@tanstack/react-query'
import { Problem } from './call.ts'
import { toldProblem } from './kit/toast.tsx'

/** What has been read is kept, and read anew when a live event says so, not by the clock. */
export const client = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, refetchOnWindowFocus: false, retry: false },
    mutations: { networkMode: 'always' },
  },
  mutationCache: new MutationCache({
    onError: (error, _input, _context, mutation) => {
      if (mutation.meta?.quiet === true || (error instanceof Problem && error.status === 401)) return
      toldProblem(error)
    },
  }),
})
