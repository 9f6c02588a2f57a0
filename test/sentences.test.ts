import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { modulesOf } from '../src/app.ts'
import { caseKinds, stages, statuses } from '../src/modules/cases/contract.ts'
import { channels } from '../src/modules/people/contract.ts'
import { tellerOf } from '../src/platform/events/telling.ts'

const modules = modulesOf({ loadSample: async () => {}, dropLive: () => {}, staffHere: () => 0 })
const words: Record<string, string> = Object.assign({}, ...modules.map(module => module.words))
const folder = new URL('../src/modules', import.meta.url).pathname

test('every event that is recorded has a sentence in a language file', () => {
  const recorded = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && !path.includes('/ui/') && !path.endsWith('events.ts'))
    .flatMap(path => [...readFileSync(join(folder, path), 'utf8').matchAll(/\btype: '(\w+\.\w+)'/g)])
    .map(match => match[1] as string)
  expect(recorded.length).toBeGreaterThan(30)
  // A change of a case is said field by field.
  const unsaid = recorded.filter(type => type !== 'case.changed' && !words[`event.${type}`])
  expect([...new Set(unsaid)]).toEqual([])
})

test('what is filled into them has its words too', () => {
  const keys = [
    ...channels.map(channel => `by.${channel}`),
    ...caseKinds.map(kind => `kind.${kind}`),
    ...stages.map(stage => `stage.${stage}`),
    ...statuses.map(status => `status.${status}`),
  ]
  expect(keys.filter(key => !words[key])).toEqual([])
})

test('an event is told in English for programs and by key for screens, and nothing else leaves it', () => {
  const tell = tellerOf(() => modules)
  const of = (type: string, data: object, before: object | null = null, after: object | null = null) =>
    tell({ type, data, before, after })
  expect(of('case.opened', { channel: 'phone', secret: 1 })).toEqual({
    sentence: 'opened the case by phone',
    said: [{ key: 'event.case.opened', values: { how: { key: 'by.phone' } } }],
  })
  const changed = of('case.changed', {}, { status: 'new', team: 'Desk' }, { status: 'solved', team: null })
  expect(changed.sentence).toBe('set the status to “Solved”, took it from the team')
  expect(of('person.changed', { fields: ['needs', 'preferred channel'] }).sentence).toBe('changed: Needs, Prefers')
  expect(of('some.thing', { secret: 1 })).toEqual({
    sentence: 'event.some.thing',
    said: [{ key: 'event.some.thing', values: {} }],
  })
})
