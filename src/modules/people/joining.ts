import { domainToUnicode } from 'node:url'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Work } from '../../platform/work.ts'
import { domainOfAddress, type Joined, recordJoined } from './domains.ts'
import { escapeLike } from './queries.ts'

/**
 * Somebody with an e-mail address of an organisation's domain joins it by themselves. Whoever belongs to it already
 * stays as they are, and nothing is recorded.
 * @param addresses those that were just added; old ones had their chance
 */
export const joinByAddress = async (work: Work, personId: number, addresses: readonly string[]): Promise<void> => {
  const domains = [...new Set(addresses.flatMap(address => domainOfAddress(address) ?? []))]
  if (domains.length === 0) return
  const { rows } = await sql<Joined>`
    with joined as (insert into memberships (person_id, group_id)
      select ${personId}::bigint, g.id from groups g where g.kind = 'organisation' and g.domains && ${domains}::text[]
      on conflict do nothing returning group_id)
    select g.id as "groupId", g.name, (select d from unnest(g.domains) d where d = any(${domains}::text[]) limit 1) as domain
    from joined join groups g on g.id = joined.group_id order by g.id`.execute(work.tx)
  for (const joined of rows) recordJoined(work, personId, joined)
}

/** A domain that an organisation was given, and how far its people have been gone through. */
export const NewDomain = z.object({ groupId: z.number(), domain: z.string(), after: z.number() })
export type NewDomain = z.infer<typeof NewDomain>

const batch = 500

/** Has the people who are known already join an organisation by domains it was just given, each domain by itself. */
export const joinKnownLater = (work: Work, groupId: number, domains: readonly string[]): void => {
  for (const domain of domains)
    work.enqueue({ name: 'people:join_by_domain', payload: { groupId, domain, after: 0 } satisfies NewDomain })
}

/**
 * The next people with an address of a domain join its organisation: at most 500 in a transaction; the rest in the job
 * after it. Done twice it does nothing, and nothing once the organisation no longer has the domain.
 */
export const joinKnown = async (work: Work, { groupId, domain, after }: NewDomain): Promise<void> => {
  const group = await work.tx
    .selectFrom('groups')
    .select(['name', 'domains'])
    .where('id', '=', groupId)
    .where('kind', '=', 'organisation')
    .executeTakeFirst()
  if (!group?.domains.includes(domain)) return
  // Addresses are kept as they were written, names of other scripts in either spelling.
  const [ascii, unicode] = [`%@${escapeLike(domain)}`, `%@${escapeLike(domainToUnicode(domain))}`]
  const { rows } = await sql<{ id: number; joined: boolean }>`
    with found as (select distinct coalesce(p.merged_into, p.id) as id from identities i join people p on p.id = i.person_id
      where i.kind = 'email' and (i.normal like ${ascii} or i.normal like ${unicode}) and coalesce(p.merged_into, p.id) > ${after}
      order by 1 limit ${batch}),
    joined as (insert into memberships (person_id, group_id) select id, ${groupId}::bigint from found
      on conflict do nothing returning person_id)
    select found.id, joined.person_id is not null as joined from found left join joined on joined.person_id = found.id
    order by 1`.execute(work.tx)
  for (const row of rows) if (row.joined) recordJoined(work, row.id, { groupId, name: group.name, domain })
  const last = rows.at(-1)
  if (last && rows.length === batch)
    work.enqueue({ name: 'people:join_by_domain', payload: { groupId, domain, after: last.id } satisfies NewDomain })
}
