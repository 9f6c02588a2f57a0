import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import { type Change, useChanges } from '../live.ts'

const ofCase = [
  '/api/cases/:id',
  '/api/cases/:id/messages',
  '/api/cases/:id/timeline',
  '/api/cases/:id/drafts',
  '/api/cases/:id/promises',
]

/** Which answers a change of each kind makes out of date. The queue looks after its own list: it never moves by itself. */
const byKind: Record<string, string[]> = {
  person: ['/api/people', '/api/people/:id'],
  product: ['/api/products', '/api/products/:id', '/api/products/:id/alternatives'],
  family: ['/api/product-families'],
  place: ['/api/places'],
  group: ['/api/groups', '/api/people/:id'],
  staff: ['/api/staff', '/api/me'],
  role: ['/api/roles', '/api/staff', '/api/me'],
  team: ['/api/teams', '/api/me'],
  calendar: ['/api/calendars'],
  organisation: ['/api/organisation', '/api/me'],
  view: ['/api/views', '/api/views/counts'],
  custom_field: ['/api/custom-fields', '/api/cases/fields'],
  mailbox: ['/api/mailboxes'],
  messenger: ['/api/messengers'],
  mail: ['/api/mail/received', '/api/mail/outgoing', '/api/mail/days'],
  received_mail: ['/api/mail/received', '/api/mail/days'],
  outgoing_mail: ['/api/mail/outgoing'],
  job: ['/api/jobs'],
}

const counts = '/api/views/counts'
/** Counting asks the whole queue: on a busy morning once in so long is live enough. */
const countsEveryMs = 4000

/** What concerns whoever has the same case open, and is no change of a colleague. */
const byType: Record<string, string[]> = {
  'case.presence': ['/api/presence'],
  'case.draft': ['/api/cases/:id/drafts'],
  'case.due': ['/api/promises'],
  'case.moved': ['/api/cases/:id'],
  'staff.notified': [],
}

const idOf = (input: unknown) =>
  typeof input === 'object' && input !== null && 'id' in input ? Number(input.id) : null
const hasRequester = (input: unknown) => typeof input === 'object' && input !== null && 'requester' in input

const refreshCase = (client: QueryClient, id: number) =>
  client.invalidateQueries({
    predicate: ({ queryKey: [path, input, last] }) =>
      (ofCase.includes(String(path)) && (idOf(input) === id || idOf(last) === id)) ||
      (path === '/api/cases' && hasRequester(last ?? input)),
  })

/** Reads again what a live event says has changed; many events in one second are one reading. */
export const useFreshness = () => {
  const client = useQueryClient()
  const waiting = useRef(new Map<string, Change>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const counted = useRef({ at: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const recount = useCallback(() => {
    if (counted.current.timer) return
    const wait = Math.max(0, counted.current.at + countsEveryMs - Date.now())
    counted.current.timer = setTimeout(() => {
      counted.current = { at: Date.now(), timer: undefined }
      void client.invalidateQueries({ queryKey: [counts] })
    }, wait)
  }, [client])
  useChanges(
    useCallback(
      change => {
        waiting.current.set(`${change.kind} ${change.id} ${change.type in byType ? change.type : ''}`, change)
        if (timer.current) return
        timer.current = setTimeout(() => {
          timer.current = undefined
          const changes = [...waiting.current.values()]
          waiting.current.clear()
          const paths = new Set(changes.flatMap(({ kind, type }) => byType[type] ?? byKind[kind] ?? []))
          for (const { kind, id } of changes) if (kind === 'case') void refreshCase(client, id)
          if (changes.some(({ kind }) => kind === 'case')) recount()
          for (const path of paths) void client.invalidateQueries({ queryKey: [path] })
        }, 400)
      },
      [client, recount],
    ),
  )
}
