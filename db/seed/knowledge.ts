import { sql } from 'kysely'
import { answerWith } from '../../src/modules/cases/index.ts'
import {
  addArticle,
  approveArticle,
  archiveArticle,
  changeArticle,
  dismissGap,
  noteSearch,
  publishArticle,
  returnArticle,
  sayIfHelped,
  submitArticle,
} from '../../src/modules/knowledge/index.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { anonymous, system } from '../../src/platform/permissions/actor.ts'
import type { Work } from '../../src/platform/work.ts'
import { articles, type SampleArticle, searches } from './articles.ts'
import type { Cast } from './cast.ts'

const dayMs = 86_400_000
/** Articles were written one after the other, beginning so long ago. */
const [firstDaysAgo, apartDays] = [60, 3]

type Made = Map<string, number>
type Stage = { kernel: Kernel; cast: Cast; now: Date; made: Made }

const contentOf = ({ cast, now, made }: Stage, one: SampleArticle) => ({
  title: one.title,
  summary: one.summary,
  html: one.html,
  kind: one.kind,
  source: one.source,
  audience: one.audience,
  teamId: one.team ? cast.teamId(one.team) : null,
  fileIds: [],
  note: '',
  language: one.language ?? 'en',
  reviewOn:
    one.reviewInDays === undefined
      ? null
      : new Date(now.getTime() + one.reviewInDays * dayMs).toISOString().slice(0, 10),
  topicIds: one.topics.map(key => cast.topicId(key)),
  productIds: [],
  translationOf: one.of ? (made.get(one.of) ?? null) : null,
  gapId: null,
})

/** As far as it has come: each step by whoever may take it. */
const take = async (stage: Stage, one: SampleArticle, at: Date): Promise<void> => {
  const { kernel, cast, made } = stage
  const by = <T>(key: string, act: (work: Work) => Promise<T>, hours: number): Promise<T> =>
    kernel.work(cast.actor(key), act, 'sample', new Date(at.getTime() + hours * 3_600_000))
  const id = await by(one.writer, work => addArticle(work, contentOf(stage, one)), 0)
  made.set(one.title, id)
  if (one.stage === 'draft') return
  await by(one.writer, work => submitArticle(work, { id }), 1)
  if (one.stage === 'in_review') return
  if (one.stage === 'returned') {
    const reason = 'Please add how wide our largest sofa is, with a picture.'
    await by(one.checker, work => returnArticle(work, { id, reason }), 20)
    return
  }
  await by(one.checker, work => approveArticle(work, { id, publish: false }), 20)
  if (one.stage === 'approved') return
  await by(one.writer, work => publishArticle(work, { id }), 22)
  if (one.stage === 'archived') await by(one.checker, work => archiveArticle(work, { id }), 44)
  if (one.stage === 'changed') {
    const change = { id, html: `${one.html}<p>Evening courses begin again in February.</p>`, note: 'Evening courses' }
    await by(one.writer, work => changeArticle(work, change), 44)
  }
}

/** Cases that were answered with an article, and colleagues who say whether it helped. */
const use = async ({ kernel, cast, now, made }: Stage, one: SampleArticle, baseUrl: string): Promise<void> => {
  const id = made.get(one.title) ?? 0
  const { rows } = one.answers
    ? await kernel.read(system, ({ db }) =>
        sql<{
          id: number
        }>`select c.id from cases c where not c.confidential and c.merged_into is null and c.team_id is not null
          and exists (select from messages m where m.case_id = c.id and m.direction = 'in' and m.text ilike ${`%${one.answers}%`})
          order by c.id desc limit 6`.execute(db),
      )
    : { rows: [] }
  for (const kase of rows)
    await kernel.work(
      cast.actor('ruth'),
      work =>
        answerWith(work, { id: kase.id, articleId: id, how: one.audience === 'public' ? 'link' : 'text' }, baseUrl),
      'sample',
      now,
    )
  for (const key of [...(one.helped ?? []), ...(one.notHelped ?? [])]) {
    const helped = one.helped?.includes(key) ?? false
    await kernel.work(cast.actor(key), work => sayIfHelped(work, { id, helped }), 'sample', now)
  }
}

const miss = async ({ kernel, cast, now }: Stage): Promise<void> => {
  for (const { words, staff, others, dismissed } of searches) {
    for (let i = 0; i < staff; i++)
      await kernel.work(cast.actor('ellie'), work => noteSearch(work, words, 'staff'), 'sample', now)
    for (let i = 0; i < others; i++)
      await kernel.work(anonymous, work => noteSearch(work, words, 'public'), 'sample', now)
    if (!dismissed) continue
    const row = await kernel.read(system, ({ db }) =>
      db.selectFrom('article_gaps').select('id').where('words', '=', words).executeTakeFirst(),
    )
    if (row)
      await kernel.work(cast.actor('helen'), work => dismissGap(work, { id: row.id, reason: dismissed }), 'sample', now)
  }
}

/** What the organisation has written down, how it was used, and what is missing. */
export const makeKnowledge = async (kernel: Kernel, cast: Cast, now: Date, baseUrl: string): Promise<void> => {
  const stage: Stage = { kernel, cast, now, made: new Map() }
  for (const [index, one] of articles.entries())
    await take(stage, one, new Date(now.getTime() - (firstDaysAgo - index * apartDays) * dayMs))
  for (const one of articles) if (one.stage === 'published' || one.stage === 'changed') await use(stage, one, baseUrl)
  await miss(stage)
}
