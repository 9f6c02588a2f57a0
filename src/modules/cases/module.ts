import * as z from 'zod'
import { columns } from '../../platform/conditions/index.ts'
import type { LiveGate } from '../../platform/events/live.ts'
import type { Tell } from '../../platform/events/telling.ts'
import { job } from '../../platform/jobs/worker.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import type { Happening } from '../../platform/work.ts'
import { actionsOfCases } from './acting.ts'
import { casesApi } from './api.ts'
import { articlesApi } from './api-articles.ts'
import { bulkApi } from './api-bulk.ts'
import { dayApi } from './api-day.ts'
import { joiningApi } from './api-joining.ts'
import { lettersApi } from './api-letters.ts'
import { macrosApi } from './api-macros.ts'
import { promisesApi } from './api-promises.ts'
import { searchApi } from './api-search.ts'
import { viewsApi } from './api-views.ts'
import { workingApi } from './api-working.ts'
import { carryOutBulk } from './bulk-changing.ts'
import { askPlanned, PlannedCheck } from './closing.ts'
import { refreshDue } from './due.ts'
import { personal, sentences } from './events.ts'
import { caseFields } from './fields.ts'
import { readFile } from './file-text.ts'
import { serveClosingCheck } from './page.ts'
import { visibleTo } from './policy.ts'
import { learnWords } from './search-spelling.ts'
import { wakeDue, wakeLinked, wakePromised } from './snoozing.ts'
import { sweepFiles, sweepUnsent } from './sweeping.ts'
import { en } from './ui/en.ts'

/** Loads each changed case once and tests every receiver in memory, by the very condition its lists use. */
const gate: LiveGate = async (kernel, ids) => {
  const rows = await kernel.read(system, ({ db }) =>
    db
      .selectFrom('cases as c')
      .select('c.id as caseId')
      .select(columns(caseFields))
      .where('c.id', 'in', [...ids])
      .execute(),
  )
  const byId = new Map(rows.map(row => [row.caseId, row as Record<string, unknown>]))
  const tests = new Map<unknown, (row: Record<string, unknown>) => boolean>()
  return (actor, id) => {
    const row = byId.get(id)
    if (!row) return false
    let test = tests.get(actor)
    if (!test) {
      test = visibleTo(actor)
      tests.set(actor, test)
    }
    return test(row)
  }
}

const ById = z.object({ id: z.number() })
/** What may change which promise to a customer is due next. */
const changesDue = [
  'promise.made',
  'promise.moved',
  'promise.kept',
  'promise.kept_late',
  'promise.broken',
  'promise.withdrawn',
  'case.merged',
  'case.merged_away',
  'case.unmerged',
]

const About = z.object({ subject: z.object({ id: z.number() }).loose() }).loose()

export const casesModule = (tell: Tell, parts: () => Parts): Module => ({
  name: 'cases',
  uses: ['identity', 'people', 'catalogue', 'knowledge', 'authority', 'promises'],
  owns: [
    'topics',
    'custom_fields',
    'cases',
    'followers',
    'conversations',
    'participants',
    'messages',
    'attachments',
    'drafts',
    'draft_versions',
    'case_seen',
    'case_presence',
    'views',
    'closing_checks',
    'case_merges',
    'case_splits',
    'case_links',
    'bulk_changes',
    'bulk_items',
    'macros',
    'case_articles',
    'file_texts',
    'search_words',
    'view_positions',
  ],
  words: en,
  sentences,
  personal,
  actions: actionsOfCases,
  triggers: [
    'case.opened',
    'case.received',
    'case.replied',
    'case.noted',
    'case.changed',
    'case.reopened',
    'case.handed_over',
    'case.woken',
    'case.check_answered',
    'case.delivery_failed',
    'case.bounced',
    'case.withdrawn',
    'case.merged',
    'case.linked',
  ].map(event => ({ event })),
  subscriptions: [
    {
      event: 'case.changed',
      job: 'cases:wake_linked',
      when: ({ after }) => after?.status === 'solved' || after?.status === 'closed',
    },
    // Whoever promises something in a case, or joins it with another, need not think of its place in the queue.
    ...changesDue.map(event => ({
      event,
      job: 'cases:refresh_due',
      together: true,
      when: ({ subject }: Happening) => subject.kind === 'case',
    })),
    // What sleeps must not sleep through what was promised.
    { event: 'promise.warned', job: 'cases:wake_promised', when: ({ subject }) => subject.kind === 'case' },
    { event: 'promise.missed', job: 'cases:wake_promised', when: ({ subject }) => subject.kind === 'case' },
  ],
  start: ({ config, files, kernel, keyFor }) => {
    const key = keyFor('closing check')
    return {
      api: [
        ...casesApi({ files }, key, tell),
        ...joiningApi,
        ...lettersApi({ files }),
        ...bulkApi,
        ...macrosApi(parts),
        ...dayApi,
        ...promisesApi,
        ...searchApi,
        ...viewsApi,
        ...workingApi,
        ...articlesApi(config.baseUrl),
      ],
      gates: { case: gate },
      jobs: [
        job({
          name: 'cases:sweep_unsent',
          payload: z.object({}).loose(),
          cron: '41 3 * * *',
          run: (_, k) => sweepUnsent(k),
        }),
        job({
          name: 'cases:sweep_files',
          payload: z.object({}).loose(),
          cron: '11 4 * * *',
          run: async (_, k) => void (await sweepFiles(k, files)),
        }),
        job({ name: 'cases:read_file', payload: ById, run: ({ id }, k) => readFile(k, files, id) }),
        job({
          name: 'cases:learn_words',
          payload: About,
          run: ({ subject }, k) => k.work(system, work => learnWords(work, [subject.id])),
          runAll: (work, opened) =>
            learnWords(
              work,
              opened.map(one => one.subject.id),
            ),
        }),
        job({ name: 'cases:bulk', payload: ById, run: ({ id }) => carryOutBulk(kernel, id) }),
        job({
          name: 'cases:wake',
          payload: ById,
          run: ({ id }) => kernel.work(system, work => wakeDue(work, id)),
        }),
        job({
          name: 'cases:wake_linked',
          payload: About,
          run: ({ subject }) => kernel.work(system, work => wakeLinked(work, subject.id)),
        }),
        job({
          name: 'cases:refresh_due',
          payload: About,
          run: ({ subject }) => kernel.work(system, work => refreshDue(work, [subject.id])),
          runAll: (work, changed) =>
            refreshDue(
              work,
              changed.map(one => one.subject.id),
            ),
        }),
        job({
          name: 'cases:wake_promised',
          payload: About,
          run: ({ subject }) => kernel.work(system, work => wakePromised(work, subject.id)),
        }),
        job({
          name: 'cases:ask_if_met',
          payload: PlannedCheck,
          run: (planned, kernel) =>
            kernel.work({ ...system, kind: 'staff', ...planned.by }, work => askPlanned(work, planned)),
        }),
      ],
      routes: app => serveClosingCheck(app, kernel, key),
    }
  },
})
