import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, freePort, startApp, type TestApp } from '../app.ts'

const exim = '/usr/sbin/exim4'
const available = existsSync(exim) && process.getuid?.() === 0
if (!available) console.log('Left out: bounces from exim need Debian and root.')

/** Takes every mail, knows no local user at gone.example, and returns its failures to our own listener. */
const configuration = (folder: string, listener: number) => `
exim_user = root
exim_group = root
never_users =
spool_directory = ${folder}/spool
log_file_path = ${folder}/%slog
pid_file_path = ${folder}/pid
primary_hostname = mx.gone.example
domainlist local_domains = gone.example
acl_smtp_rcpt = accept
acl_smtp_data = accept
disable_ipv6 = true
keep_environment =
tls_advertise_hosts =
queue_only = false
begin acl
accept:
  accept
begin routers
home:
  driver = manualroute
  domains = trial.test
  route_list = * 127.0.0.1
  self = send
  transport = to_rapport
unknown:
  driver = redirect
  domains = +local_domains
  data = :fail: no such user here
  allow_fail
begin transports
to_rapport:
  driver = smtp
  user = nobody
  group = nogroup
  port = ${listener}
  hosts_try_fastopen =
  allow_localhost
begin retry
* * F,1m,1s
`

describe.skipIf(!available)('a bounce from exim', () => {
  let app: TestApp
  let server: ChildProcess
  let folder: string
  beforeAll(async () => {
    const port = await freePort()
    app = await startApp({ env: { SMTP_URL: `smtp://127.0.0.1:${port}` } })
    folder = mkdtempSync(join(tmpdir(), 'rapport-exim-'))
    chmodSync(folder, 0o755)
    mkdirSync(join(folder, 'spool'))
    writeFileSync(join(folder, 'conf'), configuration(folder, app.smtpPort))
    server = spawn(exim, ['-C', join(folder, 'conf'), '-bdf', '-q1s', '-oX', `127.0.0.1.${port}`], { stdio: 'ignore' })
  })
  afterAll(async () => {
    await app.close()
    const ended = new Promise<void>(resolve => server.once('exit', () => resolve()))
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })

  test('marks the address, notes the case and makes no case of its own', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: app.smtpPort, secure: false, ignoreTLS: true })
    await transport.sendMail({
      from: 'Gone <somebody@gone.example>',
      to: 'help@trial.test',
      subject: 'Soon gone',
      text: 'Write to me.',
    })
    transport.close()
    const call = <T>(path: string) =>
      app
        .as('administrator')<T>('GET', path)
        .then(answer => answer.body)
    type Kase = { id: number; subject: string; person: { identities: { undeliverable: boolean }[] } }
    const kase = await eventually(async () =>
      (await call<{ items: Kase[] }>('/api/cases')).items.find(one => one.subject === 'Soon gone'),
    )
    await app.as('adviser')('POST', `/api/cases/${kase.id}/messages`, { kind: 'reply', text: 'Are you there?' })
    await eventually(
      async () =>
        (await call<{ items: { delivery: string | null }[] }>(`/api/cases/${kase.id}/messages`)).items.some(
          message => message.delivery === 'bounced',
        ),
      40_000,
    )
    expect((await call<Kase>(`/api/cases/${kase.id}`)).person.identities[0]?.undeliverable).toBe(true)
    const timeline = await call<{ items: { type: string; sentence: string }[] }>(`/api/cases/${kase.id}/timeline`)
    expect(timeline.items.find(item => item.type === 'case.bounced')?.sentence).toContain('somebody@gone.example')
    expect((await call<{ items: Kase[] }>('/api/cases')).items).toHaveLength(1)
  })
})
