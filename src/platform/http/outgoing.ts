import { promises as dns, type LookupAddress } from 'node:dns'
import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP } from 'node:net'
import { version } from '../version.ts'
import { type AllowList, plainHost, reachOf } from './addresses.ts'

export type Asked = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
  /** The largest answer in bytes. */
  maxBytes?: number
  /** For all of it: name, connection, redirects, answer. */
  timeoutMs?: number
}

export type Answer = { status: number; headers: Readonly<Record<string, string>>; body: Buffer; url: string }

export type UnreachedReason = 'address' | 'unknown_host' | 'redirect' | 'too_large' | 'timeout' | 'failed'

/** Why an address that somebody typed was not fetched, in a sentence they may read. */
export class Unreached extends Error {
  readonly reason: UnreachedReason
  constructor(reason: UnreachedReason, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'Unreached'
    this.reason = reason
  }
}

export type Outgoing = {
  /** Whether an address may be fetched, for a form that takes one. @returns it in plain spelling @throws Unreached */
  check(url: string): Promise<string>
  /** Fetches an address that somebody typed. @throws Unreached, also when it answers too much or too late */
  fetch(url: string, asked?: Asked): Promise<Answer>
  /**
   * Where a server is that an administrator named, for protocols other than HTTP, such as IMAP. It may stand in the own
   * network, as most mail servers do; what leads nowhere or hands out a cloud's secrets is refused all the same.
   * @returns the addresses to connect to, and to no others @throws Unreached
   */
  serverAt(host: string): Promise<LookupAddress[]>
}

export type Resolve = (host: string) => Promise<LookupAddress[]>

const mostRedirects = 3
const defaultBytes = 5_242_880
const defaultMs = 15_000
const longestUrl = 2048
/** Where web servers listen. Anything else could be a service that takes our request for its own language. */
const webPorts = ['', '8443']

const refuse = (reason: UnreachedReason, sentence: string): never => {
  throw new Unreached(reason, sentence)
}

const read = (text: string, base?: URL): URL => {
  if (text.length > longestUrl) refuse('address', `This address is longer than ${longestUrl} characters.`)
  const url =
    URL.parse(text, base?.href) ?? refuse('address', 'This is not an address such as https://example.org/hook.')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') refuse('address', 'An address must begin with https://.')
  if (url.username !== '' || url.password !== '') refuse('address', 'An address must not hold a user name or password.')
  url.hash = ''
  return url
}

const resolveByName: Resolve = host => dns.lookup(host, { all: true, order: 'verbatim' })

/** The addresses of a host, asked for once: what is checked is what is connected to. */
const addressesOf = async (host: string, resolve: Resolve): Promise<LookupAddress[]> => {
  const family = isIP(host)
  if (family !== 0) return [{ address: host, family }]
  const found = await resolve(host).catch((cause: unknown) => {
    throw new Unreached('unknown_host', `There is no host called ${host}.`, { cause })
  })
  return found.length > 0 ? found : refuse('unknown_host', `There is no host called ${host}.`)
}

type Place = { url: URL; addresses: LookupAddress[] }

/** Where an address leads, if it may: one forbidden address among several is enough to refuse it. */
const place = async (url: URL, allow: AllowList, resolve: Resolve): Promise<Place> => {
  const host = plainHost(url.hostname)
  const addresses = await addressesOf(host, resolve)
  const named = allow.names(host)
  for (const { address } of addresses) {
    const reach = reachOf(address)
    if (reach === 'never' || (reach === 'closed' && !named && !allow.holds(address)))
      refuse('address', `${host} leads into a private network. Who runs this installation can open it: OUTGOING_ALLOW.`)
  }
  if (named || addresses.every(({ address }) => allow.holds(address))) return { url, addresses }
  if (url.protocol !== 'https:') refuse('address', 'An address must begin with https://.')
  if (!webPorts.includes(url.port)) refuse('address', `Port ${url.port} is not one of a web server.`)
  return { url, addresses }
}

/** Headers that say how a message is carried are ours to write. */
const ours = /^(host|connection|keep-alive|content-length|transfer-encoding|te|trailer|upgrade|expect|proxy-.*)$/i

const headersOf = (asked: Asked): Record<string, string> => ({
  'user-agent': `Rapport/${version}`,
  ...Object.fromEntries(Object.entries(asked.headers ?? {}).filter(([name]) => !ours.test(name))),
  // A small answer that unpacks into a large one is not asked for, and not unpacked.
  'accept-encoding': 'identity',
  ...(asked.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(asked.body)) }),
})

const once = ({ url, addresses }: Place, asked: Asked, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const first = addresses[0] as LookupAddress
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: asked.method ?? 'GET',
      headers: headersOf(asked),
      // No connection is shared: one made for another request was checked for that one.
      agent: false,
      lookup: (_host, options, done) => (options.all ? done(null, addresses) : done(null, first.address, first.family)),
      signal,
    })
    request.on('error', reject)
    request.on('response', resolve)
    // A server that wants to speak another protocol is hung up on, which is no error of its own.
    request.on('close', () => reject(new Error('The connection was closed.')))
    request.end(asked.body)
  })

const bodyOf = async (response: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response) {
    size += (chunk as Buffer).length
    if (size > maxBytes) {
      response.destroy()
      refuse('too_large', `The answer is larger than ${Math.floor(maxBytes / 1024)} kB.`)
    }
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)

/** What is asked at the next address. What was meant for one host is not carried to another. */
const askedNext = (asked: Asked, status: number, from: URL, to: URL): Asked => {
  const method = asked.method ?? 'GET'
  const { body: _, ...rest } = asked
  const plain = status === 303 || (method === 'POST' && (status === 301 || status === 302))
  const next: Asked = plain && method !== 'HEAD' ? { ...rest, method: 'GET' } : asked
  if (from.origin === to.origin) return next
  if (next.method && next.method !== 'GET' && next.method !== 'HEAD')
    refuse('redirect', `${from.host} passes what was sent on to ${to.host}. Name that address itself.`)
  const { headers: __, body: ___, ...bare } = next
  return asked.headers?.accept ? { ...bare, headers: { accept: asked.headers.accept } } : bare
}

const plainHeaders = (response: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))

/** Whatever went wrong, in a sentence; what the network said stays for the log. */
const explained = (cause: unknown, signal: AbortSignal, timeoutMs: number): Unreached => {
  if (cause instanceof Unreached) return cause
  if (signal.aborted)
    return new Unreached('timeout', `There was no answer within ${Math.ceil(timeoutMs / 1000)} seconds.`, { cause })
  return new Unreached('failed', 'The connection failed, or the answer could not be read.', { cause })
}

const within = <T>(signal: AbortSignal, what: Promise<T>): Promise<T> =>
  Promise.race([
    what,
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  ])

/**
 * The one way the program fetches an address that somebody typed: over https, to a public address that was checked and is
 * connected to as it was checked, at every redirect anew, with an end to its size and its time.
 * @param allow what the operator opened besides; over it http and any port are allowed too
 */
export const outgoing = (allow: AllowList, resolve: Resolve = resolveByName): Outgoing => ({
  check: async text => (await place(read(text), allow, resolve)).url.href,
  fetch: async (text, asked = {}) => {
    const { timeoutMs = defaultMs, maxBytes = defaultBytes } = asked
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      let [url, now] = [read(text), asked]
      for (let followed = 0; ; followed++) {
        const response = await once(await within(signal, place(url, allow, resolve)), now, signal)
        const status = response.statusCode ?? 0
        const { location } = response.headers
        if (!isRedirect(status) || !location)
          return { status, headers: plainHeaders(response), body: await bodyOf(response, maxBytes), url: url.href }
        response.destroy()
        if (followed === mostRedirects) refuse('redirect', `The address leads on more than ${mostRedirects} times.`)
        const to = read(location, url)
        now = askedNext(now, status, url, to)
        url = to
      }
    } catch (error) {
      throw explained(error, signal, timeoutMs)
    }
  },
  serverAt: async host => {
    const addresses = await addressesOf(plainHost(host), resolve)
    if (addresses.some(({ address }) => reachOf(address) === 'never'))
      refuse('address', `${host} is not the address of a server.`)
    return addresses
  },
})
