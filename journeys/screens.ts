import type { RouteObject } from 'react-router'
import { routes } from '../src/ui/routes.tsx'
import type { TestApp } from '../test/app.ts'

/** Every address of a tree of routes, as it is written there: `/organisation/teams`, `/cases/:id`. */
const pathsOf = (tree: RouteObject[], base = ''): string[] =>
  tree.flatMap(route => {
    const path = route.path ? `${base}/${route.path}` : base
    return route.children ? pathsOf(route.children, path) : [path || '/']
  })

type Ids = Record<
  | 'case'
  | 'person'
  | 'view'
  | 'table'
  | 'board'
  | 'calendar'
  | 'request'
  | 'bulk'
  | 'article'
  | 'absence'
  | 'product'
  | 'purchase'
  | 'purchaseImport'
  | 'return'
  | 'procedure'
  | 'code'
  | 'rule',
  number
>

/** The addresses of a route by names that stay the same whatever the records' numbers are. */
type Named = Record<string, string>

/** Addresses to open for a route with something to fill in; whoever adds such a route says here what with. */
const examples: Record<string, (ids: Ids) => Named> = {
  '/queue/:view?': ids => ({
    queue: '/queue',
    'queue-case': `/queue?case=${ids.case}`,
    'queue-mine': '/queue/mine',
    'view-list': `/queue/${ids.view}`,
    'view-table': `/queue/${ids.table}`,
    'view-board': `/queue/${ids.board}`,
    'view-calendar': `/queue/${ids.calendar}`,
  }),
  '/cases/:id': ids => ({ case: `/cases/${ids.case}`, 'case-missing': '/cases/999999' }),
  '/search': () => ({ search: '/search', 'search-found': '/search?q=kind:complaint' }),
  '/people/:id': ids => ({ person: `/people/${ids.person}`, 'person-missing': '/people/999999' }),
  '/knowledge/:id': ids => ({ article: `/knowledge/${ids.article}`, 'article-missing': '/knowledge/999999' }),
  '/knowledge/:id/edit': ids => ({ 'article-edit': `/knowledge/${ids.article}/edit` }),
  '/knowledge/:id/versions': ids => ({ 'article-versions': `/knowledge/${ids.article}/versions` }),
  '/catalogue/:id': ids => ({ product: `/catalogue/${ids.product}`, 'product-missing': '/catalogue/999999' }),
  '/catalogue/:id/edit': ids => ({ 'product-edit': `/catalogue/${ids.product}/edit` }),
  '/purchases/:id': ids => ({
    purchase: `/purchases/${ids.purchase}`,
    'purchase-gift': `/purchases/${ids.purchase}?gift=1`,
    'purchase-missing': '/purchases/999999',
  }),
  '/purchases/import/:id': ids => ({
    'purchase-import': `/purchases/import/${ids.purchaseImport}`,
    'purchase-import-missing': '/purchases/import/999999',
  }),
  '/returns/desk': () => ({ 'returns-desk': '/returns/desk', 'returns-desk-found': '/returns/desk?code=HH-48441' }),
  '/returns/:id': ids => ({ return: `/returns/${ids.return}`, 'return-missing': '/returns/999999' }),
  '/codes/:id': ids => ({ code: `/codes/${ids.code}`, 'code-missing': '/codes/999999' }),
  '/codes/:id/edit': ids => ({ 'code-edit': `/codes/${ids.code}/edit` }),
  '/organisation/procedures/:id': ids => ({
    procedure: `/organisation/procedures/${ids.procedure}`,
    'procedure-missing': '/organisation/procedures/999999',
  }),
  '/organisation/rules/:id': ids => ({
    rule: `/organisation/rules/${ids.rule}`,
    'rule-new': '/organisation/rules/new',
    'rule-missing': '/organisation/rules/999999',
  }),
  '/cover/:id': ids => ({ absence: `/cover/${ids.absence}`, 'absence-missing': '/cover/999999' }),
  '/bulk/:id': ids => ({ bulk: `/bulk/${ids.bulk}`, 'bulk-missing': '/bulk/999999' }),
  '/requests/:id': ids => ({ request: `/requests/${ids.request}`, 'request-missing': '/requests/999999' }),
  '/organisation/mail': () =>
    Object.fromEntries(
      ['held', 'in', 'out', 'days'].map(part => [`organisation-mail-${part}`, `/organisation/mail?part=${part}`]),
    ),
  '/*': () => ({ 'no-such-page': '/no-such-page' }),
}

/** Pages for those who are not signed in. */
const doors = new Set(['/setup', '/sign-in'])

const nameOf = (path: string) => path.slice(1).replaceAll('/', '-') || 'start'

/** Every screen of the program that somebody who is signed in can open, from the routes themselves. */
export const screens = (ids: Ids): { name: string; address: string }[] =>
  pathsOf(routes)
    .filter(path => !doors.has(path))
    .flatMap(path => {
      const example = examples[path]
      if (!example && /[:*]/.test(path)) throw new Error(`Say in journeys/screens.ts how ${path} is opened`)
      return Object.entries(example ? example(ids) : { [nameOf(path)]: path })
    })
    .map(([name, address]) => ({ name, address }))

export const addresses = (ids: Ids): string[] => screens(ids).map(screen => screen.address)

type Line = { id: number; status: string; requester: { id: number; vulnerable: boolean }; messageCount: number }

/** A file of purchases that was looked through, with a row that cannot be brought in. */
const sent = async (app: TestApp): Promise<number> => {
  const begun = { name: 'till.csv', source: 'till' }
  const { id } = (await app.as('administrator')<{ id: number }>('POST', '/api/purchase-imports', begun)).body
  const form = new FormData()
  const rows = ['receipt,date,item,quantity,price', 'T-1,2026-10-01,Kettle,1,34.99', 'T-2,October,Lamp,1,12.00']
  form.append('file', new Blob([rows.join('\n')], { type: 'text/csv' }), 'till.csv')
  const headers = { authorization: `Bearer ${app.token('administrator')}` }
  await fetch(`${app.url}/api/purchase-imports/${id}/file`, { method: 'POST', headers, body: form })
  return id
}

/** A case with much in it, its person, and views of each kind, from the sample organisation. */
export const idsIn = async (app: TestApp): Promise<Ids> => {
  const ask = app.as('administrator')
  const made = async (path: string, body: object) => (await ask<{ id: number }>('POST', path, body)).body.id
  const first = async (path: string) => (await ask<{ items: { id: number }[] }>('GET', path)).body.items[0]?.id ?? 0
  const { items } = (await ask<{ items: Line[] }>('GET', '/api/cases?limit=200')).body
  const open = items.filter(line => line.status !== 'closed' && line.status !== 'solved')
  const rich = open.toSorted((a, b) => b.messageCount - a.messageCount)
  const kase = rich.find(line => line.requester.vulnerable) ?? rich[0]
  const condition = { field: 'kind', op: 'is', value: 'complaint' }
  const drawn = (layout: string) =>
    made('/api/views', { name: `A ${layout}`, condition: { all: [] }, layout, sort: 'recent' })
  return {
    case: kase?.id ?? 0,
    person: kase?.requester.id ?? 0,
    view: await made('/api/views', { name: 'Complaints', condition }),
    table: await drawn('table'),
    board: await drawn('board'),
    calendar: await drawn('calendar'),
    article: await made('/api/articles', {
      title: 'How to choose a chair',
      html: '<h2>Height</h2><p>Feet on the floor.</p>',
      kind: 'instructive',
    }),
    request: await made('/api/requests', { subject: 'A chair for the counter', text: 'The old one wobbles.' }),
    absence: await made('/api/absences', {
      kind: 'training',
      startsAt: new Date(Date.now() + 86_400_000).toISOString(),
    }),
    product: await first('/api/products'),
    purchase: await first('/api/purchases'),
    purchaseImport: await sent(app),
    return: await first('/api/returns'),
    code: await first('/api/codes'),
    procedure: await first('/api/procedures'),
    rule: await first('/api/rules'),
    bulk: await made('/api/bulk', {
      selection: { ids: items.slice(0, 3).map(line => line.id) },
      change: { addTags: ['season'] },
    }),
  }
}
