import * as z from 'zod'
import { Id, Moment } from '../../shared/contract.ts'

export const articleKinds = ['informative', 'instructive', 'directive', 'warning', 'safety'] as const
export const ArticleKind = z.enum(articleKinds)
export type ArticleKind = z.infer<typeof ArticleKind>

export const articleSources = [
  'own_experience',
  'supplier',
  'customers',
  'website',
  'brochure',
  'leaflet',
  'press',
] as const
export const ArticleSource = z.enum(articleSources)
export type ArticleSource = z.infer<typeof ArticleSource>

export const audiences = ['public', 'staff', 'team'] as const
export const Audience = z.enum(audiences)
export type Audience = z.infer<typeof Audience>

export const articleStates = ['draft', 'in_review', 'approved', 'published', 'archived'] as const
export const ArticleState = z.enum(articleStates)
export type ArticleState = z.infer<typeof ArticleState>

const VersionState = z.enum(['draft', 'in_review', 'approved', 'published', 'replaced'])

/** What a text of an article may consist of, besides links and pictures. */
export const articleTags =
  'p br hr strong b em i u s code pre blockquote ul ol li h2 h3 h4 table thead tbody tr th td'.split(' ')

export const Language = z.string().regex(/^[a-z]{2}$/, 'A language as two letters, such as en')
export const Day = z.iso.date('A day such as 2026-03-31')
export const Named = z.object({ id: Id, name: z.string() })
const Owner = Named.extend({ left: z.boolean() })

/** A text in pieces: what was looked for, and what stands around it. */
const Pieces = z.array(z.object({ text: z.string(), hit: z.boolean() }))

export const ArticleLine = z.object({
  id: Id,
  title: z.string(),
  titlePieces: Pieces,
  /** The words around what was looked for; the summary where nothing was. */
  excerpt: Pieces,
  kind: ArticleKind,
  audience: Audience,
  teamName: z.string().nullable(),
  language: z.string(),
  state: ArticleState,
  /** Readers see it, perhaps in an earlier version. */
  published: z.boolean(),
  owner: Owner,
  reviewOn: Day.nullable(),
  reviewOverdue: z.boolean(),
  topics: z.array(Named),
  used: z.number(),
  helped: z.number(),
  notHelped: z.number(),
  updatedAt: Moment,
})
export type ArticleLine = z.infer<typeof ArticleLine>

export const ArticleFile = z.object({ id: Id, name: z.string(), type: z.string(), size: z.number(), url: z.string() })
export type ArticleFile = z.infer<typeof ArticleFile>

/** What may be done with an article, by whoever asks and in the state it is in. */
export const articleActs = ['edit', 'submit', 'approve', 'return', 'publish', 'archive', 'restore'] as const

/** One version of an article as it is read. */
export const ArticleVersion = z.object({
  number: z.number(),
  state: VersionState,
  title: z.string(),
  summary: z.string(),
  html: z.string(),
  kind: ArticleKind,
  source: ArticleSource,
  audience: Audience,
  team: Named.nullable(),
  files: z.array(ArticleFile),
  note: z.string(),
  writer: Named,
  at: Moment,
  approver: Named.nullable(),
  returnedReason: z.string().nullable(),
})
export type ArticleVersion = z.infer<typeof ArticleVersion>

export const Article = z.object({
  id: Id,
  language: z.string(),
  state: ArticleState,
  owner: Owner,
  reviewOn: Day.nullable(),
  reviewOverdue: z.boolean(),
  topics: z.array(Named),
  products: z.array(Named),
  /** What is shown: the newest version to those who write, what is published to everybody else. */
  shown: ArticleVersion,
  newestNumber: z.number(),
  publishedNumber: z.number().nullable(),
  publishedAt: Moment.nullable(),
  translations: z.array(z.object({ id: Id, language: z.string(), title: z.string(), published: z.boolean() })),
  used: z.number(),
  lastUsedAt: Moment.nullable(),
  helped: z.number(),
  notHelped: z.number(),
  /** What I said myself. */
  myAnswer: z.boolean().nullable(),
  /** Where everybody reads it; null where it is not public. */
  publicPath: z.string().nullable(),
  can: z.array(z.enum(articleActs)),
  version: z.number(),
})
export type Article = z.infer<typeof Article>

export const VersionLine = ArticleVersion.omit({ html: true, files: true, summary: true, note: true }).extend({
  note: z.string(),
  publishedAt: Moment.nullable(),
})
export type VersionLine = z.infer<typeof VersionLine>

/** What differs between two versions: fields, and the text piece by piece. */
export const Difference = z.object({
  from: z.number(),
  to: z.number(),
  fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  pieces: z.array(z.object({ text: z.string(), change: z.enum(['same', 'added', 'removed']) })),
})
export type Difference = z.infer<typeof Difference>
