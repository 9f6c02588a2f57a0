import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldsOf, hidden } from '../src/platform/permissions/personal.ts'
import { startApp, type TestApp } from './app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp({ jobs: false })
})
afterAll(() => app.close())

/** Names under which contracts hand round what is personal. */
const telling =
  /^(.*name|.*email|phone|card|.*text|quoted|html|.*subject|title|excerpt|preview|.*address|.*notes?|needs|expectations|adjustments|remark|sender|recipients?|contact|sentence|actor|from|to|by|q|value|requester|vulnerable|custom|birth.*)$/i

/** Fields with such a name that say nothing of a person, and why. */
const exceptions: [RegExp, string][] = [
  [/(^|\.)(typeName|roleName)$/, 'the name of a kind, not of a person'],
  [
    /(^|\.)(role|team|topic|product|teams\[\]|items\[\]\.(team|topic)|organisation|referTo|limits\[\]\.referTo)\.name$/,
    'names of roles, teams, topics, products and ourselves',
  ],
  [
    /^identity\.(roles|changeRole|teams|addTeam|changeTeam|calendars|addCalendar|changeCalendar|organisation|changeOrganisation)\b/,
    'what we call our own things',
  ],
  [/^identity\.(tokens|makeToken)\b/, 'the name somebody gave to a token'],
  [/^people\.types\b/, 'customer types'],
  [/^cases\.(views|addView|changeView)\b/, 'the name of a view; what its condition seeks is not shown in words'],
  [
    /^cases\.(macroList|addMacro|changeMacro|macrosFor|applyMacro)\b/,
    'the name and the words of a macro; filled in they are marked',
  ],
  [/^widget\.(sites|addSite|changeSite)\b/, 'our own websites'],
  [/^cases\.(topics|customFields|addCustomField)\b/, 'topics and declared fields'],
  [/^channels\.(mailboxes|addMailbox|changeMailbox)\b/, 'our own mailboxes and their addresses'],
  [/^messengers\.(list|add|change)\b/, 'our own accounts and numbers at providers'],
  [/^portal\.(settings|changeSettings)\.output\.address$/, 'where our own public form is'],
  [/^automation\./, 'names of background jobs and rules, and colleagues who own them'],
  [/^assignment\./, 'colleagues, skills and rules of ours'],
  [/^authority\.(decisions|exportDecisions)\.input\.(from|to)$/, 'days between which decisions were made'],
  [/^diary\.(types|addType|changeType)\b/, 'our own kinds of appointment'],
  [/^diary\.(diary|free)\.input\.(from|to)$/, 'moments between which is looked'],
  [/^service-levels\./, 'the names of rules of ours'],
  [
    /^returns\..*\b(rules|rights|refused|house|houseRefused|law|items|lines|examples)(\[\])?\.(name|title)$/,
    'what was sold, and rules of law and house; who brought it is marked',
  ],
  [
    /^complaints\..*\b(regime|sources\[\]|stages\[\]|clocks\[\]|recourse\[\]|items\[\])\.(name|title|address)$/,
    'rules, their sources, and where one can turn',
  ],
  [/^returns\.(policies|saveDraft|publish)\..*\bnote$/, 'why a policy was changed'],
  [/^purchases\..*(place|lines\[\])\.name$/, 'places of ours, and what was sold; who bought it is marked'],
  [
    /^purchases\.(imports|startImport|getImport|importRows|sendFile|write|undo)\..*\bname$/,
    'the name of a file, and of what was sold',
  ],
  [/^catalogue\./, 'what we sell and where: products, families and places of ours'],
  [/^offers\..*\bname$/, 'what departments offer; what is asked of them is marked'],
  [/^demand\./, 'products and places of ours; what customers said is marked'],
  [/^knowledge\./, 'what we have written down ourselves; what somebody looks for is marked'],
  [/^cases\.(articlesFor|useArticle)\b/, 'titles and texts of articles of ours'],
  [/^(procedures|codes)\./, 'what we have written down ourselves; what customers said is marked'],
  [/\.urgency\.sentence$/, 'why a case stands where it does; it names nobody'],
]

test('every field of every contract that sounds personal is marked, or stands on the list with its reason', () => {
  const used = new Set<RegExp>()
  const unmarked = app.program.started.flatMap((part, index) =>
    (part.api ?? []).flatMap(({ name, operation }) =>
      (['input', 'output'] as const).flatMap(side =>
        fieldsOf(operation[side])
          .filter(
            field =>
              !field.personal && telling.test(field.name) && ['string', 'record', 'boolean'].includes(field.type),
          )
          .map(field => `${app.program.modules[index]?.name}.${name}.${side}.${field.path}`)
          .filter(path => {
            const excepted = exceptions.find(([pattern]) => pattern.test(path))
            if (excepted) used.add(excepted[0])
            return !excepted
          }),
      ),
    ),
  )
  expect(unmarked).toEqual([])
  expect(exceptions.filter(([pattern]) => !used.has(pattern)).map(([pattern]) => pattern.source)).toEqual([])
})

type Document = { paths: Record<string, Record<string, { requestBody?: object; responses: object }>> }

test('the OpenAPI document says which fields are personal, going in and coming out', async () => {
  const { body } = await app.as('nobody')<Document>('GET', '/api/openapi.json')
  const add = body.paths['/api/people']?.post
  const marked = { type: 'string', 'x-personal': true }
  expect(add?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { properties: { name: marked, notes: marked } } } },
  })
  expect(add?.responses).toMatchObject({
    201: { content: { 'application/json': { schema: { properties: { name: marked } } } } },
  })
  const found = JSON.stringify(body.paths['/api/people']?.get)
  expect(found).toContain('x-personal')
})

/** What is done here leaves the events that the rest looks at. */
const history = async () => {
  const call = app.as('adviser')
  const person = await call<{ id: number; identities: { id: number }[] }>('POST', '/api/people', {
    name: 'Wilhelmina Quartermain',
    identities: [
      { kind: 'email', value: 'wilhelmina@quartermain.example' },
      { kind: 'phone', value: '020 7946 0777' },
    ],
  })
  await call('POST', `/api/people/${person.body.id}/identities`, { kind: 'card', value: 'WQ-1234' })
  await call('DELETE', `/api/people/${person.body.id}/identities/${person.body.identities[1]?.id}`)
  await call('POST', '/api/groups', { kind: 'household', name: 'The Quartermains' })
  const opened = await call<{ id: number }>('POST', '/api/cases', {
    subject: 'Quartermain kettle',
    requester: { personId: person.body.id },
    message: { text: 'Yours, W. Quartermain' },
    custom: {},
    teamId: app.teamId,
  })
  const { id } = opened.body
  await call('PATCH', `/api/cases/${id}`, { subject: 'Kettle of W. Quartermain', severity: 3 })
  await call('POST', `/api/cases/${id}/messages`, {
    kind: 'note',
    text: 'Quartermain again',
    mentionIds: [app.staffId('supervisor')],
  })
  return { caseId: id, personId: person.body.id }
}

/** Takes the register of people away from a role that reads the trail and exports cases. */
const withoutRegister = async () => {
  const { body } = await app.as('administrator')<{ items: { id: number; key: string; permissions: string[] }[] }>(
    'GET',
    '/api/roles',
  )
  const auditor = body.items.find(role => role.key === 'auditor')
  await app.as('administrator')('PATCH', `/api/roles/${auditor?.id}`, {
    permissions: auditor?.permissions.filter(permission => permission !== 'person.read'),
  })
}

test('who may not read people reads the trail and exports cases without them; who may, with them', async () => {
  const { caseId } = await history()
  const trail = async (role: 'administrator' | 'auditor') => {
    const { body } = await app.as(role)<{ items: { type: string; sentence: string; actor: string }[] }>(
      'GET',
      '/api/events?limit=200',
    )
    return body.items
  }
  const exported = async (role: 'administrator' | 'auditor') => {
    const { body } = await app.as(role)<string>('GET', '/api/cases/export')
    const cases = body
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>)
    return cases.find(one => one.id === caseId)
  }
  const full = JSON.stringify([await trail('auditor'), await exported('auditor')])
  for (const known of ['added Wilhelmina Quartermain', 'WQ-1234', 'The Quartermains', 'W. Quartermain'])
    expect(full).toContain(known)
  await withoutRegister()
  const items = await trail('auditor')
  expect(JSON.stringify(items)).not.toMatch(/quartermain|WQ-?1234|7946/i)
  expect(items.find(item => item.type === 'person.added')?.sentence).toBe(`added ${hidden} to the register`)
  expect(items.find(item => item.type === 'person.added')?.actor).toBe('Some adviser')
  expect(items.find(item => item.type === 'staff.added')?.sentence).toContain('Some')
  const kase = await exported('auditor')
  expect(kase).toMatchObject({
    id: caseId,
    kind: 'enquiry',
    requester: { id: expect.any(Number) },
    status: expect.any(String),
  })
  expect(JSON.stringify(kase)).not.toMatch(/quartermain/i)
  expect(kase).not.toHaveProperty('subject')
  expect((await exported('administrator'))?.subject).toBe('Kettle of W. Quartermain')
})

test('a customer who answers by link stands in the trail, without the name for who may not read people', async () => {
  await app.program.kernel.work(
    {
      kind: 'customer',
      id: 1,
      name: 'Zebedee Quill',
      role: 'customer',
      permissions: new Set(),
      visibility: 'none',
      teams: [],
      language: 'en',
    },
    async work =>
      work.record({
        type: 'case.check_answered',
        subject: { kind: 'case', id: 1 },
        data: { met: 'no', remark: 'Quill says no' },
      }),
  )
  const last = async (role: 'administrator' | 'auditor') =>
    (await app.as(role)<{ items: { actor: string; sentence: string }[] }>('GET', '/api/events?limit=1')).body.items[0]
  expect((await last('administrator'))?.actor).toBe('Zebedee Quill')
  expect(await last('auditor')).toMatchObject({ actor: hidden, sentence: 'said the need was not met' })
})

/** Keys of events with such a name that say nothing of a customer, and why. */
const plainKeys: Record<string, string> = {
  'organisation.set_up.name': 'our own name',
  'organisation.changed.name': 'our own name',
  'staff.added.name': 'who was given access is what the trail is for',
  'staff.added.email': 'who was given access is what the trail is for',
  'staff.changed.name': 'whose access was changed is what the trail is for',
  'staff.ended.name': 'whose access ended is what the trail is for',
  'staff.token_made.name': 'the name of a token',
  'staff.token_revoked.name': 'the name of a token',
  'authority.limits_set.name': 'a role, a team or a colleague',
  'family.added.name': 'a family of products',
  'family.changed.name': 'a family of products',
  'place.added.name': 'a place of ours',
  'place.changed.name': 'a place of ours',
  'place.ended.name': 'a place of ours',
  'product.added.name': 'a product',
  'product.changed.name': 'a product',
  'product.stock_said.name': 'a product',
  'product.available.name': 'a product',
  'product.picture_added.name': 'a product',
  'appointment_type.added.name': 'a kind of appointment',
  'appointment_type.changed.name': 'a kind of appointment',
  'appointment_type.ended.name': 'a kind of appointment',
  'level.added.name': 'the name of a service level',
  'level.changed.name': 'the name of a service level',
  'level.ended.name': 'the name of a service level',
  'demand.noted.name': 'a product',
  'demand.changed.name': 'a product',
  'demand.settled.name': 'a product',
  'demand.waits.name': 'a product',
  'demand.told.name': 'a product',
  'demand.to_be_told.name': 'a product',
  'demand.transfer_asked.name': 'a product',
  'demand.transfer_asked.from': 'a place of ours',
  'demand.transfer_asked.to': 'a place of ours',
  'demand.reviewed.name': 'a product',
  'transfer.sent.name': 'a product',
  'transfer.sent.from': 'a place of ours',
  'transfer.sent.to': 'a place of ours',
  'transfer.arrived.name': 'a product',
  'transfer.arrived.from': 'a place of ours',
  'transfer.arrived.to': 'a place of ours',
  'transfer.refused.name': 'a product',
  'transfer.refused.from': 'a place of ours',
  'transfer.refused.to': 'a place of ours',
  'offer.added.name': 'what a department offers',
  'offer.changed.name': 'what a department offers',
  'offer.ended.name': 'what a department offers',
  'offer.asked.name': 'what a department offers',
  'offer.approval_asked.name': 'what a department offers',
  'offer.approved.name': 'what a department offers',
  'offer.declined.name': 'what a department offers',
  'article.drafted.title': 'an article of ours',
  'article.written.title': 'an article of ours',
  'article.placed.title': 'an article of ours',
  'article.submitted.title': 'an article of ours',
  'article.approved.title': 'an article of ours',
  'article.returned.title': 'an article of ours',
  'article.published.title': 'an article of ours',
  'article.archived.title': 'an article of ours',
  'article.restored.title': 'an article of ours',
  'article.reviewed.title': 'an article of ours',
  'article.helped.title': 'an article of ours',
  'article.not_helped.title': 'an article of ours',
  'article.file_uploaded.name': 'a file of an article of ours',
  'case.article_used.title': 'an article of ours',
  'code.drafted.name': 'a code of practice of ours',
  'code.changed.name': 'a code of practice of ours',
  'code.published.name': 'a code of practice of ours',
  'code.archived.name': 'a code of practice of ours',
  'code.restored.name': 'a code of practice of ours',
  'code.reviewed.name': 'a code of practice of ours',
  'code.read.name': 'a code of practice of ours',
  'code.campaign_started.name': 'a code of practice of ours',
  'code.register_exported.name': 'a code of practice of ours',
  'procedure.drafted.name': 'a procedure of ours',
  'procedure.changed.name': 'a procedure of ours',
  'procedure.published.name': 'a procedure of ours',
  'procedure.ended.name': 'a procedure of ours',
  'procedure.restored.name': 'a procedure of ours',
  'role.changed.name': 'the name of a role',
  'team.added.name': 'the name of a team',
  'team.changed.name': 'the name of a team',
  'calendar.added.name': 'the name of working hours',
  'calendar.changed.name': 'the name of working hours',
  'case.noted.by': 'a colleague',
  'mailbox.added.address': 'our own address',
  'mailbox.changed.address': 'our own address',
  'person.joined_group.name': 'an organisation: households have no domain',
  'case.macro_used.name': 'the name of a macro',
  'macro.saved.name': 'the name of a macro',
  'macro.removed.name': 'the name of a macro',
  'widget.site_added.name': 'our own website',
  'widget.site_changed.name': 'our own website',
  'widget.site_ended.name': 'our own website',
  'view.saved.name': 'the name of a view',
  'view.removed.name': 'the name of a view',
  'case.given.name': 'a colleague',
  'skill.added.name': 'the name of a skill',
  'skill.changed.name': 'the name of a skill',
  'skill.ended.name': 'the name of a skill',
  'staff.workload_set.name': 'a colleague',
  'assignment_rule.added.name': 'the name of a rule',
  'assignment_rule.changed.name': 'the name of a rule',
  'assignment_rule.ended.name': 'the name of a rule',
  'rule.added.name': 'the name of a rule',
  'rule.changed.name': 'the name of a rule',
  'rule.ended.name': 'the name of a rule',
  'rule.switched_on.name': 'the name of a rule',
  'rule.switched_off.name': 'the name of a rule',
  'rule.stopped.name': 'the name of a rule',
}

test('every key of an event that sounds personal is declared by its module, or stands on the list with its reason', async () => {
  const personal: Record<string, readonly string[]> = Object.assign(
    {},
    ...app.program.modules.map(module => module.personal),
  )
  // What the sentences fill in, found by asking each for it, and what lies in the ledger after all of the above.
  const asked = app.program.modules.flatMap(module =>
    Object.entries(module.sentences ?? {}).flatMap(([type, sentence]) => {
      const keys = new Set<string>()
      const spy = new Proxy({}, { get: (_target, key) => void keys.add(String(key)), has: () => false })
      try {
        sentence({ type, data: spy, before: {}, after: {} })
      } catch {
        // What it needs is not there; what it asked for is known.
      }
      return [...keys].map(key => `${type}.${key}`)
    }),
  )
  const { rows } = await app.program.kernel.database.owner.query<{ key: string }>(
    `select distinct type || '.' || k as key from events, lateral (select jsonb_object_keys(data) union select jsonb_object_keys(coalesce(before, '{}'))
      union select jsonb_object_keys(coalesce(after, '{}'))) keys(k)`,
  )
  const undeclared = [...new Set([...asked, ...rows.map(row => row.key)])].filter(path => {
    const [key, type] = [path.slice(path.lastIndexOf('.') + 1), path.slice(0, path.lastIndexOf('.'))]
    return telling.test(key) && !personal[type]?.includes(key) && !(path in plainKeys)
  })
  expect(undeclared).toEqual([])
})
