import type { Outgoing } from '../../../platform/http/outgoing.ts'

/** An account with its secrets open, as an adapter needs it. */
export type OpenAccount = {
  id: number
  /** Our number or name there. */
  address: string
  settings: Readonly<Record<string, string>>
  secrets: Readonly<Record<string, string>>
  /** The address that the provider calls. */
  hookUrl: string
}

/** What a provider sent, with the very bytes it signed. */
export type Call = { body: Buffer; headers: Readonly<Record<string, string | undefined>> }

/** A file of a message, as the provider names it; it is fetched later. */
export type Media = { ref: string; name: string; type: string; size: number | null }

/** Somebody wrote. `at` is null where the provider does not say when. */
export type Said = { id: string; from: string; name: string; text: string; at: Date | null; media: Media[] }

/** What became of a message of ours. */
export type News = {
  id: string
  state: 'sent' | 'failed' | 'delivered' | 'read'
  at: Date | null
  reason: string | null
}

export type Heard = { said: Said[]; news: News[] }

export type Part = { text: string } | { file: { name: string; type: string; content: Buffer } }

export type Fetched = { content: Buffer; type: string }

/** One kind of messenger. All it knows of the world is what it is given. */
export type Adapter = {
  /** How contacts by it are called in a case. */
  channel: 'text_message' | 'social'
  /** What an address of it is in the register of people. */
  identity: 'phone' | 'telegram'
  /** What an account needs; secrets are sealed and never shown again. */
  settings: readonly string[]
  secrets: readonly string[]
  /** Where the provider is reached when an account does not say otherwise. */
  baseUrl: string
  /** Characters. */
  longest: number
  /** After their last message one may write freely for this long; null: always. */
  windowHours: number | null
  carriesFiles: boolean
  /** STOP, and START again, are words of the law here (CTIA, TCPA), not of the conversation. */
  heedsStop: boolean
  /** Whether what was sent is really from the provider. Never throws. */
  genuine(account: OpenAccount, call: Call): boolean
  /** The answer to a provider that asks whether the address is ours; null where the question is wrong. */
  handshake?(account: OpenAccount, query: Readonly<Record<string, string>>): string | null
  /** @throws Error where it is not what the provider sends */
  read(account: OpenAccount, body: Buffer): Heard
  fetch(account: OpenAccount, media: Media, outgoing: Outgoing, maxBytes: number): Promise<Fetched>
  /** @returns the provider's number of the message @throws Unsent */
  send(account: OpenAccount, to: string, part: Part, outgoing: Outgoing): Promise<string>
  /** Whether the account works; sets the webhook where the provider lets us. @throws Unsent */
  check(account: OpenAccount, outgoing: Outgoing): Promise<void>
}

/** A provider did not take something: for good, or for now. */
export class Unsent extends Error {
  readonly forGood: boolean
  /** They want no more messages from us. */
  readonly stopped: boolean
  constructor(sentence: string, options: { forGood?: boolean; stopped?: boolean } = {}) {
    super(sentence)
    this.name = 'Unsent'
    this.forGood = options.forGood ?? options.stopped ?? false
    this.stopped = options.stopped ?? false
  }
}
