import { resolve } from 'node:path'
import * as z from 'zod'
import { type AllowList, readAllowList } from './http/addresses.ts'
import { issuesOf } from './wording.ts'

/** A whole number in plain digits: what else a computer takes for a number, such as a blank, is a mistake here. */
const wholeNumber = (least: number, most: number) => {
  const sentence = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,10}$/, sentence)
    .transform(Number)
    .refine(value => value >= least && value <= most, sentence)
}
const port = wholeNumber(0, 65_535)
const address = z
  .string()
  .refine(
    value =>
      /^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i.test(value) && Number(value.slice(value.lastIndexOf(':') + 1)) < 65_536,
    'must look like 127.0.0.1:2525, or be "off"',
  )
const host = z.string().regex(/^([\w.-]+|[0-9a-f:]+)$/i, 'must be a name or an address, such as 127.0.0.1 or ::1')
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      value => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `must be an address that starts with ${schemes.map(scheme => `${scheme}//`).join(' or ')}`,
    )
/** Links are made by adding a path to it. */
const base = url('http:', 'https:').refine(value => {
  const { username, search, hash } = URL.canParse(value) ? new URL(value) : new URL('http://x')
  return username === '' && search === '' && hash === ''
}, 'must be an address without a user, "?" or "#"')

const Environment = z.object({
  PORT: port.default(3000),
  HOST: host.default('127.0.0.1'),
  BASE_URL: base.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  SMTP_LISTEN: z.union([z.literal('off'), address]).default('127.0.0.1:2525'),
  SMTP_URL: url('smtp:', 'smtps:').optional(),
  MAIL_ADDRESS: z.email('must be an e-mail address').optional(),
  MAIL_AUTHSERV_ID: z.string().min(1).max(255).optional(),
  ORGANISATION: z.string().trim().min(1).max(200).optional(),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(128).optional(),
  ADMIN_TOKEN: z.string().min(20, 'must have at least 20 characters').max(200).optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TRUST_PROXY: z.enum(['true', 'false']).default('false'),
  OUTGOING_ALLOW: z.string().max(5000).default(''),
  INTAKE_PER_MINUTE: wholeNumber(1, 1_000_000_000).default(2000),
})

export type Role = 'http' | 'jobs'
const roleNames: readonly Role[] = ['http', 'jobs']

export type Config = {
  port: number
  host: string
  /** Where people reach this installation; no slash at the end. */
  baseUrl: string
  dataDir: string
  databaseUrl: string | null
  smtpListen: { host: string; port: number } | null
  smtpUrl: string | null
  mailAddress: string | null
  /** The name under which our own mail server writes Authentication-Results, when one stands before us. */
  mailAuthservId: string | null
  first: { organisation: string; email: string; password: string; token: string | null } | null
  logLevel: z.infer<typeof Environment>['LOG_LEVEL']
  trustProxy: boolean
  /** Messages a single sender may send in a minute before the rest waits in quarantine. */
  intakePerMinute: number
  /** Hosts and ranges in private networks that addresses somebody typed may lead to. */
  outgoingAllow: AllowList
  roles: readonly Role[]
}

/** Mistakes in the environment, one clear line each. */
export class ConfigError extends Error {
  readonly lines: string[]
  constructor(lines: string[]) {
    super(lines.join('\n'))
    this.lines = lines
  }
}

const notThere: Record<string, string> = {
  EADDRINUSE: 'is in use by another program',
  EADDRNOTAVAIL: 'is not an address of this machine',
  EACCES: 'may not be used by this user',
  ENOTFOUND: 'is not a name that is known here',
  EAI_AGAIN: 'is not a name that is known here',
}

/** What stands in the way of listening where a variable says, as the operator's mistake; other errors as they are. */
export const cannotListen = (variable: string, at: { host: string; port: number }, error: unknown): Error => {
  const why = notThere[(error as NodeJS.ErrnoException).code ?? '']
  return why ? new ConfigError([`${variable}: ${at.host}:${at.port} ${why}`]) : (error as Error)
}

const listenAt = (text: string) => {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) }
}

const rolesFrom = (args: readonly string[], problems: string[]): readonly Role[] => {
  const foreign = args.filter(arg => arg.startsWith('-') && !arg.startsWith('--roles='))
  for (const arg of foreign) problems.push(`${arg}: there is no such option; there is --roles=http,jobs`)
  const given = args.find(arg => arg.startsWith('--roles='))?.slice('--roles='.length)
  if (given === undefined) return roleNames
  const wanted = given.split(',').map(role => role.trim())
  for (const role of wanted)
    if (!roleNames.includes(role as Role)) problems.push(`--roles: "${role}" is not a role; choose http, jobs or both`)
  return roleNames.filter(role => wanted.includes(role))
}

const unattended = ['ORGANISATION', 'ADMIN_EMAIL', 'ADMIN_PASSWORD'] as const

/** An unattended first start needs all three, whatever else is wrong. */
const assertUnattended = (given: Record<string, unknown>, problems: string[]): void => {
  const missing = unattended.filter(name => given[name] === undefined)
  if (missing.length === unattended.length && given.ADMIN_TOKEN === undefined) return
  for (const name of missing) problems.push(`${name}: is needed when the first start is to run unattended`)
}

const firstStart = (env: z.infer<typeof Environment>): Config['first'] =>
  env.ORGANISATION && env.ADMIN_EMAIL && env.ADMIN_PASSWORD
    ? {
        organisation: env.ORGANISATION,
        email: env.ADMIN_EMAIL,
        password: env.ADMIN_PASSWORD,
        token: env.ADMIN_TOKEN ?? null,
      }
    : null

/**
 * Reads the configuration.
 * @param env environment variables; an empty one counts as not set
 * @param args command line arguments (`--roles=http,jobs`)
 * @throws ConfigError with one line per mistake
 */
export const readConfig = (env: Record<string, string | undefined>, args: readonly string[] = []): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  const problems = parsed.success
    ? []
    : issuesOf(parsed.error).map(issue => `${issue.path.join('.')}: ${issue.message}`)
  const roles = rolesFrom(args, problems)
  assertUnattended(given, problems)
  const allowed = given.OUTGOING_ALLOW ?? ''
  const outgoingAllow = readAllowList(allowed, sentence => void problems.push(`OUTGOING_ALLOW: ${sentence}`))
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const e = parsed.data
  return {
    port: e.PORT,
    host: e.HOST,
    baseUrl: (e.BASE_URL ?? `http://${e.HOST.includes(':') ? `[${e.HOST}]` : e.HOST}:${e.PORT}`).replace(/\/+$/, ''),
    dataDir: resolve(e.DATA_DIR),
    databaseUrl: e.DATABASE_URL ?? null,
    smtpListen: e.SMTP_LISTEN === 'off' ? null : listenAt(e.SMTP_LISTEN),
    smtpUrl: e.SMTP_URL ?? null,
    mailAddress: e.MAIL_ADDRESS?.toLowerCase() ?? null,
    mailAuthservId: e.MAIL_AUTHSERV_ID ?? null,
    first: firstStart(e),
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY === 'true',
    intakePerMinute: e.INTAKE_PER_MINUTE,
    outgoingAllow,
    roles,
  }
}

/** The configuration of this process: its environment and command line. */
export const configOfProcess = (): Config => readConfig(process.env, process.argv.slice(2))
