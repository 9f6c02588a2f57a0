import type { Message, TimelineEntry } from '../contract.ts'

/** One thing of a conversation: what somebody wrote, or what happened. */
export type Entry = { at: string; key: string } & ({ message: Message } | { event: TimelineEntry })

// A reply is shown as itself; the event that it was written would say the same twice.
const saidAlready = new Set([
  'case.received',
  'case.replied',
  'case.noted',
  'case.read',
  'case.delivered',
  'person.read_in_case',
])

/** Whether an event says something that no message shows. */
export const saysMore = (event: TimelineEntry): boolean => !saidAlready.has(event.type)

/** Messages and events in the order they came. */
export const inOrder = (messages: readonly Message[], events: readonly TimelineEntry[]): Entry[] =>
  [
    ...messages.map(message => ({ at: message.at, key: `m${message.id}`, message })),
    ...events.map(event => ({ at: event.at, key: `e${event.id}`, event })),
  ].sort((a, b) => a.at.localeCompare(b.at))
