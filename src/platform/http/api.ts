import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AnyOperation, Contract, Output, Parsed } from '../../shared/contract.ts'
import type { Kernel } from '../kernel.ts'
import type { Actor } from '../permissions/actor.ts'
import type { Reading, Work } from '../work.ts'
import type { Keyed } from './idempotency.ts'

/** What an operation at the edge is given: it opens its own transactions, because it waits for a network or a file. */
export type Edge = {
  kernel: Kernel
  actor: Actor
  request: FastifyRequest
  reply: FastifyReply
  /** What the request's Idempotency-Key stands for, for the transaction in which it is done. */
  keyed: Keyed | null
}

type Reader<I, O> = { mode: 'read'; run: (reading: Reading, input: I) => Promise<O> }
type Writer<I, O> = { mode: 'work'; run: (work: Work, input: I) => Promise<O> }
type AtEdge<I, O> = { mode: 'edge'; run: (edge: Edge, input: I) => Promise<O | FastifyReply> }
export type Handler<I, O> = Reader<I, O> | Writer<I, O> | AtEdge<I, O>

export const read = <I, O>(run: Reader<I, O>['run']): Reader<I, O> => ({ mode: 'read', run })
export const work = <I, O>(run: Writer<I, O>['run']): Writer<I, O> => ({ mode: 'work', run })
export const edge = <I, O>(run: AtEdge<I, O>['run']): AtEdge<I, O> => ({ mode: 'edge', run })

export type Api = { operation: AnyOperation; name: string; handler: Handler<never, unknown> }[]

/** Binds every operation of a contract to what carries it out; a missing one does not compile. */
export const api = <C extends Contract>(
  contract: C,
  handlers: { [K in keyof C]: Handler<Parsed<C[K]>, Loose<Output<C[K]>>> },
): Api =>
  Object.entries(contract).map(([name, operation]) => ({
    name,
    operation,
    handler: handlers[name as keyof C] as Handler<never, unknown>,
  }))

/** Handlers may give dates where the contract says text: the output schema writes them. */
export type Loose<T> = T extends string
  ? T | Date
  : T extends (infer U)[]
    ? Loose<U>[]
    : T extends object
      ? { [K in keyof T]: Loose<T[K]> }
      : T
