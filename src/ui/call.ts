import {
  type InfiniteData,
  keepPreviousData,
  noop,
  type QueryClient,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { AnyOperation, Input, Output } from '../shared/contract.ts'
import { newKey, type Problem, request } from './request.ts'

export { Problem } from './request.ts'

type Options = { signal?: AbortSignal; key?: string; keepalive?: boolean }

/** Asks the server to carry out one operation: names of the path are filled in, the rest goes to the query or body. */
export const call = async <T extends AnyOperation>(
  operation: T,
  input: Input<T>,
  options: Options = {},
): Promise<Output<T>> => {
  const rest: Record<string, unknown> = { ...(input as object) }
  const path = (operation.path as string).replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  const inQuery = operation.method === 'GET' || operation.method === 'DELETE'
  const query = new URLSearchParams()
  if (inQuery)
    for (const [name, value] of Object.entries(rest as Record<string, string | number | boolean | null | undefined>))
      if (value !== undefined && value !== null) query.set(name, String(value))
  const address = query.size > 0 ? `${path}?${query}` : path
  return (await request(operation.method, address, inQuery ? undefined : rest, options)) as Output<T>
}

/** The key under which an answer is kept: all answers of one operation share the path. */
export const keyOf = <T extends AnyOperation>(operation: T, input?: Input<T>): readonly unknown[] =>
  input === undefined ? [operation.path] : [operation.path, input]

type CallOptions<T extends AnyOperation> = Omit<UseQueryOptions<Output<T>, Problem>, 'queryKey' | 'queryFn'>

/** Reads, and keeps what was read until it changes. */
export const useCall = <T extends AnyOperation>(operation: T, input: Input<T>, options: CallOptions<T> = {}) =>
  useQuery<Output<T>, Problem>({
    ...options,
    queryKey: keyOf(operation, input),
    queryFn: ({ signal }) => call(operation, input, { signal }),
  })

type Paged = { items: unknown[]; next: string | null }
type ItemOf<T> = Output<T> extends { items: (infer I)[] } ? I : never
type PageOptions = {
  enabled?: boolean
  staleTime?: number
  refetchInterval?: number
  refetchOnMount?: boolean | 'always'
  /** Shows the last list while the next is read. */
  keep?: boolean
}

/** Reads a list page by page. `items` holds all that was read so far. */
export const usePages = <T extends AnyOperation>(
  operation: T,
  input: Input<T>,
  { keep, ...rest }: PageOptions = {},
) => {
  const pages = useInfiniteQuery<Paged, Problem, InfiniteData<Paged>, readonly unknown[], string | null>({
    ...rest,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    queryKey: [operation.path, 'pages', input],
    queryFn: ({ signal, pageParam }) =>
      call(operation, { ...(input as object), ...(pageParam ? { cursor: pageParam } : {}) } as Input<T>, {
        signal,
      }) as Promise<Paged>,
    initialPageParam: null,
    getNextPageParam: last => last.next,
  })
  const items = (pages.data?.pages.flatMap(page => page.items) ?? []) as ItemOf<T>[]
  return { ...pages, items }
}

/** Reads the first page of a list ahead, under the key that `usePages` looks for. */
export const prefetchPages = <T extends AnyOperation>(client: QueryClient, operation: T, input: Input<T>): void =>
  void client
    .infiniteQuery({
      queryKey: [operation.path, 'pages', input],
      queryFn: () => call(operation, input) as Promise<Paged>,
      initialPageParam: null as string | null,
      getNextPageParam: (last: Paged) => last.next,
    })
    .catch(noop)

type ActOptions<T extends AnyOperation> = {
  /** Operations whose answers are out of date afterwards. */
  refresh?: AnyOperation[]
  done?: (output: Output<T>, input: Input<T>) => unknown
  /** The screen shows the problem itself; no message pops up. */
  quiet?: boolean
}

/** Does something. A POST carries a key, so that sending it again after a broken connection does it once. */
export const useAct = <T extends AnyOperation>(operation: T, options: ActOptions<T> = {}) => {
  const client = useQueryClient()
  return useMutation<Output<T>, Problem, Input<T>>({
    meta: { quiet: options.quiet ?? false },
    mutationFn: input => call(operation, input, operation.method === 'POST' ? { key: newKey() } : {}),
    onSuccess: async (output, input) => {
      for (const stale of options.refresh ?? []) void client.invalidateQueries({ queryKey: keyOf(stale) })
      await options.done?.(output, input)
    },
  })
}
