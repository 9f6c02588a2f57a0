import * as z from 'zod'
import { Id, Moment, operation, pageSize, personal } from '../../shared/contract.ts'
import { Status } from './contract.ts'

/** The kinds of things a search finds. */
export const resultTypes = ['case', 'article', 'file', 'person', 'organisation'] as const
export const ResultType = z.enum(resultTypes)
export type ResultType = z.infer<typeof ResultType>

const q = personal(z.string().max(500))

/** A text in pieces: what was looked for, and what stands around it. */
const Pieces = z.array(z.object({ text: personal(z.string()), hit: z.boolean() }))

export const Result = z.object({
  type: ResultType,
  id: Id,
  title: personal(z.string()),
  /** The title once more. */
  titlePieces: Pieces,
  /** The words around what was found. */
  excerpt: Pieces,
  status: Status.nullable(),
  at: Moment.nullable(),
  /** The case it is, or belongs to. */
  caseId: Id.nullable(),
  /** The customer of a case, the case of a file, the address of a person, the number of members of an organisation, whom an article is for. */
  about: personal(z.string()),
})
export type Result = z.infer<typeof Result>

export const SearchPart = z.object({
  text: personal(z.string()),
  kind: z.enum(['text', 'filter', 'sort']),
  field: z.string().nullable(),
  value: personal(z.string()).nullable(),
  /** The field can have no such value, so that nothing is found by it: `status:purple`. */
  unknown: z.boolean(),
})
export type SearchPart = z.infer<typeof SearchPart>

export const searching = {
  results: operation({
    method: 'GET',
    path: '/api/search/results',
    permission: 'case.read',
    summary:
      'Search one kind of thing page by page: words, "phrases", prefix*, -not, field:value, field<value, none, *, sort:created',
    input: z.object({
      q,
      type: ResultType.default('case'),
      limit: pageSize(20),
      cursor: z.string().max(500).optional(),
    }),
    output: z.object({
      items: z.array(Result),
      next: z.string().nullable(),
      /** What was typed, part by part. */
      parts: z.array(SearchPart),
      /** The words that were looked for instead, where those typed look misspelt and find nothing. */
      corrected: personal(z.string()).nullable(),
    }),
  }),
  suggest: operation({
    method: 'GET',
    path: '/api/search/suggestions',
    permission: 'case.read',
    summary: 'How the last word of a search may go on: fields, their values, people',
    input: z.object({ q }),
    output: z.object({
      items: z.array(
        z.object({
          kind: z.enum(['field', 'value', 'person']),
          /** The field, the value or the name. */
          text: personal(z.string()),
          /** The whole query with it. */
          q: personal(z.string()),
          field: z.string().nullable(),
          /** Of a person. */
          id: Id.nullable(),
        }),
      ),
    }),
  }),
}
