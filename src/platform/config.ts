import { resolve } from 'node:path'
import * as z from 'zod'
import { type AllowList, readAllowList } from './http/addresses.ts'

const port = z.coerce.number().int().min(0).max(65535)
const address = z.string().regex(/^(\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i, 'must look like 127.0.0.1:2525, or be "off"')
const url = (...schemes: string[]) =>
  z
    .string()
    .refine(
      value => URL.canParse(value) && schemes.includes(new URL(value).protocol),
      `must be an address that starts with ${schemes.map(scheme => `${scheme}//`).join(' or ')}`,
    )

const Environment = z.object({
  PORT: port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  BASE_URL: url('http:', 'https:').optional(),
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
  INTAKE_PER_MINUTE: z.coerce.number().int().min(1).default(2000),
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

const listenAt = (text: string) => {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(text.slice(at + 1)) }
}

const rolesFrom = (args: readonly string[], problems: string[]): readonly Role[] => {
  const given = args.find(arg => arg.startsWith('--roles='))?.slice('--roles='.length)
  if (given === undefined) return roleNames
  const wanted = given.split(',').map(role => role.trim())
  for (const role of wanted)
    if (!roleNames.includes(role as Role)) problems.push(`--roles: "${role}" is not a role; choose http, jobs or both`)
  return roleNames.filter(role => wanted.includes(role))
}

const firstStart = (env: z.infer<typeof Environment>, problems: string[]): Config['first'] => {
  const wanted = { ORGANISATION: env.ORGANISATION, ADMIN_EMAIL: env.ADMIN_EMAIL, ADMIN_PASSWORD: env.ADMIN_PASSWORD }
  const missing = Object.entries(wanted).filter(([, value]) => value === undefined)
  if (missing.length === 3 && env.ADMIN_TOKEN === undefined) return null
  if (missing.length > 0) {
    for (const [name] of missing) problems.push(`${name}: is needed when the first start is to run unattended`)
    return null
  }
  return {
    organisation: env.ORGANISATION ?? '',
    email: env.ADMIN_EMAIL ?? '',
    password: env.ADMIN_PASSWORD ?? '',
    token: env.ADMIN_TOKEN ?? null,
  }
}

/**
 * Reads the configuration.
 * @param env environment variables; an empty one counts as not set
 * @param args command line arguments (`--roles=http,jobs`)
 * @throws ConfigError with one line per mistake
 */
export const readConfig = (env: Record<string, string | undefined>, args: readonly string[] = []): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = Environment.safeParse(given)
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`))
  const e = parsed.data
  const problems: string[] = []
  const roles = rolesFrom(args, problems)
  const first = firstStart(e, problems)
  const outgoingAllow = readAllowList(e.OUTGOING_ALLOW, sentence => void problems.push(`OUTGOING_ALLOW: ${sentence}`))
  if (problems.length > 0) throw new ConfigError(problems)
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
    first,
    logLevel: e.LOG_LEVEL,
    trustProxy: e.TRUST_PROXY === 'true',
    intakePerMinute: e.INTAKE_PER_MINUTE,
    outgoingAllow,
    roles,
  }
}

/** The configuration of this process: its environment and command line. */
export const configOfProcess = (): Config => readConfig(process.env, process.argv.slice(2))
