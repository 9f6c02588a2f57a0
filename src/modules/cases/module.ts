import { columns } from '../../platform/conditions/index.ts'
import type { LiveGate } from '../../platform/events/live.ts'
import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { casesApi, type SentenceOf } from './api.ts'
import { sentences } from './events.ts'
import { caseFields } from './fields.ts'
import { serveClosingCheck } from './page.ts'
import { visibleTo } from './policy.ts'

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

export const casesModule = (sentenceOf: SentenceOf): Module => ({
  name: 'cases',
  uses: ['identity', 'people'],
  owns: [
    'topics',
    'custom_fields',
    'cases',
    'followers',
    'conversations',
    'participants',
    'messages',
    'attachments',
    'files',
    'drafts',
    'case_seen',
    'case_presence',
    'views',
    'closing_checks',
  ],
  sentences,
  start: ({ files, kernel, keyFor }) => {
    const key = keyFor('closing check')
    return {
      api: casesApi({ files }, key, sentenceOf),
      gates: { case: gate },
      routes: app => serveClosingCheck(app, kernel, key),
    }
  },
})
