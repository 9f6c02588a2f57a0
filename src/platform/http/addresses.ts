import { BlockList, isIP } from 'node:net'

/**
 * Where no request that somebody typed may go unless an operator allows it.
 * Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890 and its updates); 168.63.129.16 is Azure's own service.
 */
const closed4 = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const

/** Nowhere at all, or where machines of a cloud are told their secrets: no list opens these. */
const never4 = [
  ['0.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Alibaba's metadata, among the addresses of providers that may be opened otherwise.
  ['100.100.100.200', 32],
] as const

/** IPv6 that an operator may open: loopback and unique local addresses. */
const closed6 = [
  ['::1', 128],
  ['fc00::', 7],
] as const

/**
 * What is not to be reached although it lies in 2000::/3, the only part of IPv6 that is public: special purposes
 * (2001::/23, with Teredo), documentation, and 6to4, which wraps an IPv4 address. IPv4-mapped, NAT64, link-local,
 * site-local and multicast addresses lie outside it, and so does Amazon's metadata (fd00:ec2::254), named because a list
 * could open fc00::/7.
 * Source: IANA IPv6 Special-Purpose Address Registry, IPv6 Global Unicast Address Assignments.
 */
const never6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fd00:ec2::254', 128],
] as const

type Range = readonly [address: string, bits: number]

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly Range[]): BlockList => {
  const list = new BlockList()
  for (const [address, bits] of ranges) list.addSubnet(address, bits, family)
  return list
}

const [isClosed4, isNever4] = [listOf('ipv4', closed4), listOf('ipv4', never4)]
const [isClosed6, isNever6, isPublic6] = [
  listOf('ipv6', closed6),
  listOf('ipv6', never6),
  listOf('ipv6', [['2000::', 3]]),
]

/** How an address may be reached: by anybody, if an operator allows it, or not at all. */
export type Reach = 'public' | 'closed' | 'never'

/** @param address an IP address as text; anything else, also one with a zone such as fe80::1%eth0, is `never` */
export const reachOf = (address: string): Reach => {
  const family = isIP(address)
  if (family === 4) return isNever4.check(address) ? 'never' : isClosed4.check(address) ? 'closed' : 'public'
  if (family !== 6 || address.includes('%') || isNever6.check(address, 'ipv6')) return 'never'
  if (isPublic6.check(address, 'ipv6')) return 'public'
  return isClosed6.check(address, 'ipv6') ? 'closed' : 'never'
}

/** What an operator opened: hosts by name, and ranges of addresses. */
export type AllowList = { names(host: string): boolean; holds(address: string): boolean }

const hostName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/

/** A host as it is compared: small letters, no dot at the end, no brackets. */
export const plainHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '')

const rangeOf = (entry: string): Range | null => {
  const [address = '', bits, ...more] = entry.split('/')
  const family = isIP(address)
  const most = family === 4 ? 32 : 128
  if (family === 0 || address.includes('%') || more.length > 0) return null
  if (bits === undefined) return [address, most]
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most ? [address, Number(bits)] : null
}

/**
 * Reads what an operator opened.
 * @param text hosts and ranges, separated by commas: `hooks.internal, 10.0.0.0/8, fd00::/8`
 * @param mistake told of each entry that is none, as a sentence that quotes it
 */
export const readAllowList = (text: string, mistake: (sentence: string) => void): AllowList => {
  const hosts = new Set<string>()
  const ranges: Range[] = []
  for (const entry of text.split(',').map(part => plainHost(part.trim()))) {
    const range = rangeOf(entry)
    if (entry === '') continue
    if (range && range[1] === (isIP(range[0]) === 4 ? 32 : 128) && reachOf(range[0]) === 'never')
      mistake(`"${entry}" is never reached, also when it is named here`)
    else if (range) ranges.push(range)
    else if (hostName.test(entry) && !/^[\d.]+$/.test(entry)) hosts.add(entry)
    else mistake(`"${entry}" is neither a host such as hooks.internal nor a range such as 10.0.0.0/8`)
  }
  const [list4, list6] = ([4, 6] as const).map(family =>
    listOf(
      `ipv${family}`,
      ranges.filter(([address]) => isIP(address) === family),
    ),
  ) as [BlockList, BlockList]
  return {
    names: host => hosts.has(plainHost(host)),
    holds: address =>
      isIP(address) === 4 ? list4.check(address) : isIP(address) === 6 && list6.check(address, 'ipv6'),
  }
}

/** Nothing but what is public. */
export const nothingMore: AllowList = { names: () => false, holds: () => false }
