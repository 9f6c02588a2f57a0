import type { FastifyReply, FastifyRequest } from 'fastify'
import pg from 'pg'
import { pause } from '../clock.ts'
import type { Kernel } from '../kernel.ts'
import type { Log } from '../log.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Recorded } from '../work.ts'

/**
 * Which of the subjects a receiver may see. Registered per subject kind by the module that owns it: it loads each
 * subject once and tests every receiver in memory with the same condition that its lists use.
 */
export type LiveGate = (
  kernel: Kernel,
  subjectIds: readonly number[],
) => Promise<(actor: Actor, subjectId: number) => boolean>

/** A module that hands live events on by a way of its own, such as to visitors of a website. In every process. */
export type LiveHearer = (events: readonly Recorded[]) => void

type Receiver = { actor: Actor; send(event: Recorded): void; stillValid(): Promise<boolean>; close(): void }

export type Live = {
  listen(request: FastifyRequest, reply: FastifyReply, actor: Actor, stillValid: () => Promise<boolean>): void
  /** Ends the streams of one member of staff, or of all: those who still may come back at once, with what they may see now. */
  drop(staffId: number | 'everybody'): void
  receivers(): number
  close(): Promise<void>
}

const channel = 'rapport_events'

/**
 * The live feed. Processes tell each other ids over NOTIFY, gathered for 25 ms and sent outside the transactions:
 * NOTIFY inside them takes one lock for the whole server until the commit is on disk, so that writers would queue.
 * A process that dies in those 25 ms loses only the nudge: a browser that reconnects reads everything again.
 */
export const startLive = async (
  kernel: Kernel,
  gates: Record<string, LiveGate>,
  log: Log,
  hearers: readonly LiveHearer[] = [],
): Promise<Live> => {
  const receivers = new Set<Receiver>()
  let outbox: Recorded[] = []
  let timer: NodeJS.Timeout | null = null
  let closed = false
  const flush = async () => {
    timer = null
    const batch = outbox
    outbox = []
    for (let from = 0; from < batch.length; from += 60) {
      const ids = batch.slice(from, from + 60).map(e => [e.id, e.type, e.subjectKind, e.subjectId])
      await kernel.database.owner.query('select pg_notify($1, $2)', [channel, JSON.stringify(ids)]).catch(() => {})
    }
  }
  kernel.onCommitted(events => {
    outbox.push(...events.filter(event => event.subjectKind in gates))
    if (outbox.length > 0) timer ??= setTimeout(() => void flush(), 25)
  })
  const hand = async (events: Recorded[]) => {
    for (const hear of hearers) hear(events)
    if (receivers.size === 0) return
    for (const [kind, gate] of Object.entries(gates)) {
      const ofKind = events.filter(event => event.subjectKind === kind)
      if (ofKind.length === 0) continue
      const may = await gate(kernel, [...new Set(ofKind.map(event => event.subjectId))])
      for (const receiver of receivers)
        for (const event of ofKind) if (may(receiver.actor, event.subjectId)) receiver.send(event)
    }
  }
  const stop = await subscribe(kernel, log, () => closed, hand)
  const sweep = setInterval(() => {
    for (const receiver of receivers)
      receiver.stillValid().then(
        valid => valid || receiver.close(),
        () => {},
      )
  }, 15_000)
  return {
    listen: (request, reply, actor, stillValid) => openStream(receivers, request, reply, actor, stillValid),
    drop: staffId => {
      for (const receiver of receivers) if (staffId === 'everybody' || receiver.actor.id === staffId) receiver.close()
    },
    receivers: () => receivers.size,
    close: async () => {
      closed = true
      clearInterval(sweep)
      if (timer) clearTimeout(timer)
      for (const receiver of receivers) receiver.close()
      await stop()
    },
  }
}

type Wire = [number | null, string, string, number][]

/** Listens for ids on a connection of its own, and takes a new one when it breaks. */
const subscribe = async (
  kernel: Kernel,
  log: Log,
  closed: () => boolean,
  hand: (events: Recorded[]) => Promise<void>,
) => {
  let client: pg.Client | null = null
  const connect = async () => {
    const next = new pg.Client(kernel.database.url)
    next.on('error', () => {})
    next.on('end', () => void again())
    next.on('notification', message => {
      const events = (JSON.parse(message.payload ?? '[]') as Wire).map(([id, type, subjectKind, subjectId]) => ({
        id,
        type,
        subjectKind,
        subjectId,
      }))
      hand(events).catch(error => log.warn({ err: error }, 'live feed'))
    })
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }
  const again = async () => {
    while (!closed()) {
      await pause(1000)
      if (closed()) return
      try {
        return await connect()
      } catch {
        // The database is away: the next round tries again.
      }
    }
  }
  await connect()
  return async () => {
    await client?.end().catch(() => {})
  }
}

const openStream = (
  receivers: Set<Receiver>,
  request: FastifyRequest,
  reply: FastifyReply,
  actor: Actor,
  stillValid: () => Promise<boolean>,
) => {
  reply.hijack()
  const stream = reply.raw
  stream.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  })
  stream.write('retry: 2000\n\nevent: ready\ndata: {}\n\n')
  const beat = setInterval(() => stream.write(': still here\n\n'), 20_000)
  const receiver: Receiver = {
    actor,
    stillValid,
    send: event => {
      // A receiver that does not read is dropped rather than kept in memory; it reconnects and reads again.
      if (stream.writableLength > 1_000_000) return receiver.close()
      const id = event.id === null ? '' : `id: ${event.id}\n`
      stream.write(
        `event: change\n${id}data: ${JSON.stringify({ type: event.type, kind: event.subjectKind, id: event.subjectId })}\n\n`,
      )
    },
    close: () => {
      clearInterval(beat)
      receivers.delete(receiver)
      stream.end()
    },
  }
  receivers.add(receiver)
  request.raw.on('close', receiver.close)
}
