import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../platform/permissions/actor.ts'

/** Whom an article is for, as SQL over the columns that say it. */
const isFor = (actor: Actor, audience: string, team: string): RawBuilder<boolean> =>
  actor.kind === 'system' || actor.visibility === 'all'
    ? sql<boolean>`true`
    : sql<boolean>`(${sql.ref(audience)} <> 'team' or ${sql.ref(team)} = any(${[...actor.teams]}::bigint[]))`

const nothing = sql<boolean>`false`

/** Whether somebody writes or checks articles, and so sees what is not published. */
export const isWriter = (actor: Actor): boolean =>
  actor.kind === 'system' || actor.permissions.has('knowledge.edit') || actor.permissions.has('knowledge.approve')

const isReader = (actor: Actor): boolean => actor.kind === 'system' || actor.permissions.has('knowledge.read')

/** Published articles of `articles a` that somebody may read. Whoever is not known reads what is for everybody. */
export const publishedSql = (actor: Actor): RawBuilder<boolean> => {
  const there = sql<boolean>`a.published_version is not null and a.state <> 'archived'`
  if (actor.kind === 'anonymous' || actor.kind === 'customer') return publicSql
  if (!isReader(actor)) return nothing
  return sql<boolean>`(${there} and ${isFor(actor, 'a.published_audience', 'a.published_team_id')})`
}

/** What everybody may read, whoever asks. */
export const publicSql = sql<boolean>`(a.published_version is not null and a.state <> 'archived' and a.published_audience = 'public')`

/** The newest version of `articles a`, published or not: for those who write, within what is for them or their own. */
export const newestSql = (actor: Actor): RawBuilder<boolean> => {
  if (!isReader(actor) || !isWriter(actor)) return nothing
  return sql<boolean>`(${isFor(actor, 'a.newest_audience', 'a.newest_team_id')} or a.owner_id = ${actor.id})`
}

export const visibleSql = (actor: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${publishedSql(actor)} or ${newestSql(actor)})`
