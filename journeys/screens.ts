import type { RouteObject } from 'react-router'
import { routes } from '../src/ui/routes.tsx'
import type { TestApp } from '../test/app.ts'

/** Every address of a tree of routes, as it is written there: `/organisation/teams`, `/cases/:id`. */
const pathsOf = (tree: RouteObject[], base = ''): string[] =>
  tree.flatMap(route => {
    const path = route.path ? `${base}/${route.path}` : base
    return route.children ? pathsOf(route.children, path) : [path || '/']
  })

type Ids = { case: number; person: number; view: number; request: number; bulk: number; drawn: number[] }

/** Addresses to open for a route with something to fill in; whoever adds such a route says here what with. */
const examples: Record<string, (ids: Ids) => string[]> = {
  '/queue/:view?': ({ case: id, view, drawn }) => [
    '/queue',
    `/queue?case=${id}`,
    ...['mine', String(view), ...drawn.map(String)].map(one => `/queue/${one}`),
  ],
  '/cases/:id': ({ case: id }) => [`/cases/${id}`, '/cases/999999'],
  '/search': () => ['/search', '/search?q=kind:complaint'],
  '/people/:id': ({ person }) => [`/people/${person}`, '/people/999999'],
  '/bulk/:id': ({ bulk }) => [`/bulk/${bulk}`, '/bulk/999999'],
  '/requests/:id': ({ request }) => [`/requests/${request}`, '/requests/999999'],
  '/organisation/mail': () => ['held', 'in', 'out', 'days'].map(part => `/organisation/mail?part=${part}`),
  '/*': () => ['/no-such-page'],
}

/** Pages for those who are not signed in, and one that only leads on. */
const doors = new Set(['/setup', '/sign-in'])

/** Every address of the program that somebody who is signed in can open, from the routes themselves. */
export const addresses = (ids: Ids): string[] =>
  pathsOf(routes)
    .filter(path => !doors.has(path))
    .flatMap(path => {
      const example = examples[path]
      if (!example && /[:*]/.test(path)) throw new Error(`Say in journeys/screens.ts how ${path} is opened`)
      return example ? example(ids) : [path]
    })

type Line = { id: number; requester: { id: number; vulnerable: boolean }; messageCount: number }

/** A case with much in it, its person, and a view, from the sample organisation. */
export const idsIn = async (app: TestApp): Promise<Ids> => {
  const ask = app.as('administrator')
  const { items } = (await ask<{ items: Line[] }>('GET', '/api/cases?limit=200')).body
  const rich = items.toSorted((a, b) => b.messageCount - a.messageCount)
  const kase = rich.find(line => line.requester.vulnerable) ?? rich[0]
  const condition = { field: 'kind', op: 'is', value: 'complaint' }
  const view = await ask<{ id: number }>('POST', '/api/views', { name: 'Complaints', condition })
  const drawn = await Promise.all(
    ['table', 'board', 'calendar'].map(async layout => {
      const looks = { name: `A ${layout}`, condition: { all: [] }, layout, sort: 'recent' }
      return (await ask<{ id: number }>('POST', '/api/views', looks)).body.id
    }),
  )
  const asked = { subject: 'A chair for the counter', text: 'The old one wobbles.' }
  const request = await ask<{ id: number }>('POST', '/api/requests', asked)
  const selection = { ids: items.slice(0, 3).map(line => line.id) }
  const bulk = await ask<{ id: number }>('POST', '/api/bulk', { selection, change: { addTags: ['season'] } })
  return {
    case: kase?.id ?? 0,
    person: kase?.requester.id ?? 0,
    view: view.body.id,
    request: request.body.id,
    bulk: bulk.body.id,
    drawn,
  }
}
