import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const admin = () => app.as('administrator')

const severity = fc.constantFrom(1, 2, 3, 4)
const kind = fc.constantFrom('enquiry', 'fault', 'complaint')
const leaf = fc.oneof(
  fc.record({
    field: fc.constant('severity'),
    op: fc.constantFrom('changed_to', 'changed_from', 'is'),
    value: severity,
  }),
  fc.record({ field: fc.constant('kind'), op: fc.constantFrom('changed_to', 'is'), value: kind }),
  fc.constant({ field: 'severity', op: 'changed' }),
)
const rule = fc.record({
  name: fc.constant('Any'),
  when: fc.constantFrom({ event: 'case.changed' }, { event: 'case.noted' }, { event: 'promise.made' }),
  condition: fc.oneof(
    leaf,
    fc.record({ any: fc.array(leaf, { maxLength: 3 }) }),
    fc.record({ not: leaf }),
    fc.constant({ all: [] }),
  ),
  actions: fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('change'), change: fc.record({ severity }) }),
      fc.record({ do: fc.constant('change'), change: fc.record({ kind }) }),
      fc.constant({ do: 'note', text: 'Again.' }),
      fc.constant({ do: 'promise', kind: 'other', title: 'Again', withinMinutes: 60 }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
  enabled: fc.constant(true),
})

/** Nothing of the rules is under way any more. */
const quiet = () =>
  eventually(async () => {
    const { rows } = await app.program.kernel.database.owner.query(
      `select 1 from graphile_worker.jobs where task_identifier like 'automation:%' union all select 1 from errands where name like 'automation:%'`,
    )
    return rows.length === 0
  }, 60_000)

test('whatever rules there are, they come to rest, and no chain holds a rule twice or is deeper than five', async () => {
  const sets = fc.sample(fc.array(rule, { minLength: 3, maxLength: 6 }), { seed: 42, numRuns: 6 })
  for (const set of sets) {
    const ids: number[] = []
    for (const one of set) {
      const answer = await admin()<{ id: number }>('POST', '/api/rules', one)
      // A circle that can be told from the words is refused: that is an answer, too.
      expect([201, 422], JSON.stringify(answer.body)).toContain(answer.status)
      if (answer.status === 201) ids.push(answer.body.id)
    }
    const opened = await admin()<{ id: number }>('POST', '/api/cases', {
      subject: 'Round and round',
      channel: 'phone',
      requester: { name: 'Cora Cold' },
      message: { text: 'Hello.' },
    })
    for (const change of [{ severity: 3 }, { kind: 'fault' }, { severity: 1, kind: 'complaint' }])
      expect((await admin()('PATCH', `/api/cases/${opened.body.id}`, change)).status).toBe(200)
    await quiet()
    const { rows } = await app.program.kernel.database.owner.query<{
      chain: string[]
      rule_id: string
      outcome: string
    }>('select rule_id, chain, outcome from rule_runs where case_id = $1', [opened.body.id])
    for (const run of rows.filter(one => one.outcome === 'did')) {
      const chain = [...run.chain, run.rule_id].map(String)
      expect(new Set(chain).size).toBe(chain.length)
      expect(chain.length).toBeLessThanOrEqual(5)
    }
    for (const id of ids) await admin()('PATCH', `/api/rules/${id}`, { ended: true })
  }
}, 240_000)
