import { sql } from 'kysely'
import { searchConfig } from '../../platform/text/language.ts'
import type { Reading } from '../../platform/work.ts'
import { publicPathOf } from './reading.ts'
import { publishedSql } from './visibility.ts'

type About = {
  /** What it is about, in the words of whoever asks; the first part counts as its title. */
  text: string
  language: string | null
  topicId: number | null
  productIds?: readonly number[]
  limit: number
}

type Row = {
  id: number
  title: string
  summary: string
  audience: 'public' | 'staff' | 'team'
  used: number
  helped: number
  language: string
}

/** Words that are compared: more say no more of what it is about. */
const mostWords = 40
/** What a word in a title, the same topic, and the same product are worth, in words of the text. */
const [titleWorth, topicWorth, productWorth] = [3, 4, 6]

/**
 * Articles that may answer something: those that share words with it, a rare word telling more than one that half of them
 * have (inverse document frequency: Spärck Jones, 1972), in a title more than in a text; and those on the same topic or
 * product. A single common word suggests nothing.
 */
export const suggestArticles = async ({ db, actor }: Reading, about: About) => {
  const config = `rapport_${searchConfig(about.language ?? 'en')}`
  const { rows } = await sql<Row>`
    with words as (select w.lexeme, ('''' || replace(replace(w.lexeme, '\\', '\\\\'), '''', '''''') || '''') as quoted
        from unnest(to_tsvector(${config}::regconfig, ${about.text.slice(0, 5000)})) w
        where length(w.lexeme) between 3 and 40 and w.lexeme !~ '^[0-9.]+$' order by w.positions[1] limit ${mostWords}),
    there as (select greatest(count(*), 1)::float as many from articles a where ${publishedSql(actor)}),
    hits as (select w.lexeme, a.id, a.published_words @@ (w.quoted || ':A')::tsquery as titled
      from words w join articles a on a.published_words @@ w.quoted::tsquery where ${publishedSql(actor)}),
    rarity as (select lexeme, ln(1 + (select many from there) / count(*)) as worth from hits group by lexeme),
    by_words as (select h.id, sum(r.worth * case when h.titled then ${titleWorth}::int else 1 end) as score,
        count(*) >= 2 or bool_or(h.titled) as enough from hits h join rarity r using (lexeme) group by h.id),
    by_topic as (select x.article_id as id from article_topics x where x.topic_id = ${about.topicId}::bigint),
    by_product as (select distinct x.article_id as id from article_products x join products p on p.id = x.product_id
      where p.id = any(${[...(about.productIds ?? [])]}::bigint[]) or position(folded(p.name) in folded(${about.text.slice(0, 5000)})) > 0)
    select a.id, v.title, v.summary, v.audience, a.used, a.helped, a.language from articles a
      join article_versions v on v.article_id = a.id and v.number = a.published_version
      left join by_words w on w.id = a.id left join by_topic t on t.id = a.id left join by_product g on g.id = a.id
    where ${publishedSql(actor)} and (w.enough or t.id is not null or g.id is not null)
    order by coalesce(w.score, 0) + case when t.id is null then 0 else ${topicWorth}::int end
      + case when g.id is null then 0 else ${productWorth}::int end + least(ln(1 + a.used), 2) desc, a.id limit ${about.limit}`.execute(
    db,
  )
  return rows.map(({ id, ...row }) => ({
    id,
    ...row,
    publicPath: row.audience === 'public' ? publicPathOf(id, row.title) : null,
  }))
}
