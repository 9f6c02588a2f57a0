import * as z from 'zod'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One thing the program can be asked to do, described once for server, browser and documentation.
 * `permission` cannot be left out: `'public'` and `'signed-in'` are visible words.
 */
export type Operation<
  P extends string = string,
  I extends z.ZodObject = z.ZodObject,
  O extends z.ZodType = z.ZodType,
> = {
  method: Method
  path: P
  permission: string
  summary: string
  /** One flat object: what is named in the path is read there, the rest from the query (GET, DELETE) or the body. */
  input: I
  output: O
  status?: number
  /** The largest body in bytes; 256 kB where nothing is said. */
  bodyLimit?: number
  /** A GET that leaves a trace, such as reading a person's record. */
  leavesTrace?: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: the constraint of a generic that accepts every operation
export type AnyOperation = Operation<any, any, any>
export type Contract = Record<string, AnyOperation>
export type Input<T> = T extends Operation<string, infer I, z.ZodType> ? z.input<I> : never
export type Parsed<T> = T extends Operation<string, infer I, z.ZodType> ? z.output<I> : never
export type Output<T> = T extends Operation<string, z.ZodObject, infer O> ? z.output<O> : never

export const operation = <const P extends string, I extends z.ZodObject, O extends z.ZodType>(
  o: Operation<P, I, O>,
): Operation<P, I, O> => o

/** The largest id: beyond it numbers are no longer exact in JSON. */
const maxId = Number.MAX_SAFE_INTEGER

/** Digits that are a number; everything else that a language might take for one (`0x3e9`, `1e3`, `true`, ` 5`) stays what it is. */
const digits = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value

/** A record's id. Text of digits is accepted because paths and queries are text. */
export const Id = z
  .preprocess(digits, z.number().int().positive().max(maxId))
  .meta({ type: 'integer', exclusiveMinimum: 0, maximum: maxId })

/** A moment, as ISO 8601 in UTC. */
export const Moment = z
  .union([z.date(), z.iso.datetime({ offset: true })])
  .transform(value => new Date(value).toISOString())

/**
 * One of some words, however it is written: `Order problem`, `order-problem` and `order_problem` are the same.
 * @param also spellings that differ by more than case, blanks and hyphens
 */
export const spelled = <T extends string>(words: z.ZodType<T, T>, also: Record<string, T> = {}): z.ZodType<T, T> =>
  z.preprocess(value => {
    if (typeof value !== 'string') return value
    const plain = value
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_')
    return also[plain] ?? plain
  }, words) as unknown as z.ZodType<T, T>

/** One line of text: trimmed, not empty. */
/** The code of a currency by ISO 4217. */
export const Currency = z
  .string()
  .refine(
    code => Intl.supportedValuesOf('currency').includes(code),
    'The three capital letters of a currency, such as GBP',
  )
export const line = (max: number) => z.string().trim().min(1).max(max)
export const text = (max: number) => z.string().max(max)

/**
 * Marks what says who somebody is, how to reach them, or what they told us. Said once, here in the contract, it keeps the
 * field out of logs, out of exports and the audit trail of those who may not read people, and shows in the OpenAPI
 * document as `x-personal`.
 */
export const personal = <T extends z.ZodType>(shape: T): T => shape.meta({ 'x-personal': true })

/** How many rows a page has, written in digits; an empty `limit=` means the usual. */
export const pageSize = (usual: number, most = 200) =>
  z.preprocess(value => (value === '' ? undefined : digits(value)), z.number().int().min(1).max(most).default(usual))

/** Query of a list: how many, and where to go on. */
export const paging = {
  limit: pageSize(50),
  cursor: z.string().max(500).optional(),
}

export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** What is done by asking: nothing comes back. */
export const Done = z.object({ done: z.literal(true) })
export const done = { done: true as const }

/** What a rule or a macro has done, by the name of the action; the rest is checked by whoever owns the action. */
export const ActionCall = z.object({ do: line(40) }).catchall(z.unknown())
export type ActionCall = z.infer<typeof ActionCall>

/** The names in a path: `/api/cases/:id` gives `['id']`. */
export const pathNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(match => match[1] as string)
