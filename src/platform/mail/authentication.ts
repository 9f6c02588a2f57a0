import type { DMARCResult, DNSResolver } from 'mailauth'
import { headerValues } from './headers.ts'
import type { ParsedMail } from './parse.ts'

/** What is known of where a mail really came from. Words are those of RFC 8601: pass, fail, softfail, none, temperror... */
export interface MailVerdict {
  spf: string
  dkim: string
  dmarc: string
  /** The domain of From that SPF or DKIM vouches for; null if neither does. */
  alignedDomain: string | null
  /** `pass`: the From domain is vouched for; `fail`: its DMARC policy says this is not from there; `none`: nobody can say. */
  summary: 'pass' | 'fail' | 'none'
}

export interface MailArrival {
  /** Address of the client that delivered the mail. */
  ip: string
  helo: string
  /** Envelope sender; '' for `<>`. */
  sender: string
  /** Our own host name. */
  mta: string
  /** Looks up DNS records: the edge gives the real one, a test its own. */
  resolver: DNSResolver
}

/**
 * Checks SPF, DKIM and DMARC of a mail that we took from its sender's server ourselves. The library is loaded for the
 * first of them: it takes 20 MB, and most installations stand behind another mail server.
 */
export async function verdictOf(raw: Buffer, arrival: MailArrival): Promise<MailVerdict> {
  const { authenticate } = await import('mailauth')
  const { spf, dkim, dmarc } = await authenticate(raw, { ...arrival, disableArc: true, disableBimi: true })
  const passed = dkim.results.find(({ status }) => status.result === 'pass') ?? dkim.results[0]
  return verdict({
    spf: spf ? spf.status.result : 'none',
    dkim: passed?.status.result ?? 'none',
    dmarc: dmarc ? dmarc.status.result : 'none',
    aligned: (dmarc && alignedBy(dmarc)) || (passed?.status.result === 'pass' && passed.status.aligned) || null,
  })
}

/** The domain that met the DMARC policy of the sender. Not there, whatever the types say, if the sender has none. */
function alignedBy({ alignment }: { alignment?: DMARCResult['alignment'] }): string | undefined {
  return alignment?.dkim.result || alignment?.spf.result
}

/**
 * Reads the verdict of a server we trust from the Authentication-Results it added (RFC 8601). Only the given
 * `authservId` counts, and of its headers the topmost: anybody can write one further down. Null if there is none.
 */
export function trustedVerdict(mail: ParsedMail, authservId: string): MailVerdict | null {
  const trusted = authservId.toLowerCase()
  const written = headerValues(mail.headers, 'authentication-results')
    .map(value => value.replace(/\([^()]*\)/g, ' '))
    .find(value => value.split(/[;\s]/)[0]?.toLowerCase() === trusted)
  if (written === undefined) return null
  const results = written
    .split(';')
    .slice(1)
    .map(methodResult)
    .filter(result => result !== null)
  const of = (method: string) =>
    results.find(result => result.method === method && result.result === 'pass') ??
    results.find(result => result.method === method)
  const dmarc = of('dmarc')
  return verdict({
    spf: of('spf')?.result ?? 'none',
    dkim: of('dkim')?.result ?? 'none',
    dmarc: dmarc?.result ?? 'none',
    aligned: dmarc?.result === 'pass' ? (dmarc.from ?? domainOf(mail)) : null,
  })
}

function methodResult(clause: string): { method: string; result: string; from: string | null } | null {
  const found = /^\s*([a-z]+)\s*=\s*([a-z]+)/i.exec(clause)
  if (!found) return null
  const from = /\bheader\.from\s*=\s*"?([^\s;"]+)/i.exec(clause)?.[1] ?? null
  return { method: found[1]!.toLowerCase(), result: found[2]!.toLowerCase(), from: from?.toLowerCase() ?? null }
}

function domainOf(mail: ParsedMail): string | null {
  return mail.from?.address.split('@').at(-1) ?? null
}

function verdict({
  spf,
  dkim,
  dmarc,
  aligned,
}: {
  spf: string
  dkim: string
  dmarc: string
  aligned: string | null
}): MailVerdict {
  // Without a published policy an aligned signature still proves the sender; the lack of one proves nothing.
  const summary = dmarc === 'fail' ? 'fail' : dmarc === 'pass' || aligned ? 'pass' : 'none'
  return { spf, dkim, dmarc, alignedDomain: summary === 'pass' ? aligned : null, summary }
}
