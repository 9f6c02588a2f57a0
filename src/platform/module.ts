import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import type { LiveGate, LiveHearer } from './events/live.ts'
import type { Subscription } from './events/registry.ts'
import type { Sentences } from './events/telling.ts'
import type { FileStore } from './files/store.ts'
import type { Api } from './http/api.ts'
import type { Outgoing } from './http/outgoing.ts'
import type { JobKind } from './jobs/worker.ts'
import type { Kernel } from './kernel.ts'
import type { Log } from './log.ts'
import type { PersonalKeys } from './permissions/personal.ts'
import type { Action, Trigger } from './rules/registry.ts'

/** What the running program hands to every module when it starts. */
export type Surroundings = {
  config: Config
  kernel: Kernel
  files: FileStore
  log: Log
  /** The one way to fetch an address that somebody typed. */
  outgoing: Outgoing
  keyFor(purpose: string): Buffer
}

/** A part of the domain, stated: what it uses, owns, offers, and listens to. */
export type Module = {
  name: string
  /** Modules it may call, all of them below it. */
  uses: readonly string[]
  /** Tables only it writes. */
  owns: readonly string[]
  /** Its language file: the one place where its sentences stand, those of screens and those of events. */
  words?: Readonly<Record<string, string>>
  sentences?: Sentences
  /** Which keys of its events say something of a person; those who may not read people are not told. */
  personal?: PersonalKeys
  subscriptions?: readonly Subscription[]
  /** What rules can be set on, and what they can have done. */
  triggers?: readonly Trigger[]
  actions?: readonly Action[]
  start?(surroundings: Surroundings): Promise<Started> | Started
}

/** A figure that is read when somebody asks for the metrics. */
export type Watched = { name: string; help: string; read(kernel: Kernel): Promise<number> }

export type Started = {
  api?: Api
  jobs?: readonly JobKind[]
  gates?: Record<string, LiveGate>
  hear?: LiveHearer
  /** Figures for whoever watches the installation. */
  gauges?: readonly Watched[]
  /** Routes that are not operations: pages for customers, the sign-in library. */
  routes?(app: FastifyInstance): void
  /** Called once the database is migrated and before anything is served. */
  prepare?(): Promise<void>
  /** Long-running listeners of the jobs role, such as mail. */
  listen?(): Promise<void>
  stop?(): Promise<void>
}
