import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installationKey, keyFor } from '../src/platform/key.ts'
import { eventually, startApp, type TestApp } from './app.ts'

let app: TestApp
let now = new Date('2026-11-02T10:00:00Z')
beforeAll(async () => {
  app = await startApp({ clock: () => now, env: { MAIL_ADDRESS: 'help@trial.test' } })
})
afterAll(() => app.close())

const pageOf = async (response: Response) => ({ status: response.status, text: await response.text() })
const get = async (path: string) => pageOf(await fetch(`${app.url}${path}`))
const post = async (path: string, fields: Record<string, string>) =>
  pageOf(await fetch(`${app.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }))

/** Somebody writes through the form. */
const write = (name: string, email: string, subject: string) =>
  app.as('nobody')('POST', '/api/portal/cases', { name, email, subject, text: 'Water on the table.' })

type Kept = { items: { id: number; kind: string; recipients: string[] }[] }
const mails = async () => (await app.as('administrator')<Kept>('GET', '/api/mail/outgoing?limit=50')).body.items

/** The newest of what was mailed there, as an administrator reads it. */
const mailTo = (address: string, kind: string) =>
  eventually(async () => {
    const found = (await mails()).find(one => one.kind === kind && one.recipients.includes(address))
    if (!found) return null
    const source = await app.as('administrator')<string>('GET', `/api/mail/outgoing/${found.id}/source`)
    return source.body.replace(/=\r?\n/g, '').replace(/=3D/g, '=')
  })

describe('the link to a case', () => {
  const ask = (path: string) => post(`${path}/new`, {})
  const linkIn = (text: string) => /\/k\/[\w.-]+/.exec(text)?.[0] ?? ''
  const later = (days: number) => {
    now = new Date(now.getTime() + days * 86_400_000)
  }

  test('is good for 90 days; then a new one goes to the address on file, and nobody is told whether there is one', async () => {
    await write('Lina Link', 'lina@example.org', 'Old kettle')
    const mail = await mailTo('lina@example.org', 'acknowledgement')
    const old = linkIn(mail)
    expect(mail).toContain('good for 90 days')
    later(89)
    expect((await get(old)).text).toContain('Old kettle')
    later(1.5)
    // Whoever had the page open in time loses nothing.
    expect((await post(old, { text: 'Typed in time.' })).status).toBe(303)
    const page = await get(old)
    expect(page.status).toBe(410)
    expect(page.text).toContain('This link has expired')
    expect(page.text).not.toContain('Old kettle')
    later(1)
    expect((await post(old, { text: 'Too late.' })).status).toBe(410)
    expect((await get(`${old}x`)).status).toBe(404)
    expect((await ask(`${old}x`)).status).toBe(404)

    const asked = await ask(old)
    expect(asked.status).toBe(200)
    expect(asked.text).not.toContain('lina@example.org')
    const fresh = linkIn(await mailTo('lina@example.org', 'sign_in'))
    expect(fresh).not.toBe(old)
    expect((await get(fresh)).text).toContain('Typed in time.')
    expect((await get(old)).status).toBe(410)

    // At most three in an hour, and always the same answer; also where no address is known.
    for (let n = 0; n < 4; n++) expect((await ask(old)).text).toBe(asked.text)
    await app.program.kernel.database.owner.query(
      `update participants set address = null where person_id in (select person_id from identities where value = 'lina@example.org')`,
    )
    await app.program.kernel.database.owner.query(`delete from identities where value = 'lina@example.org'`)
    later(0.1)
    expect((await ask(old)).text).toBe(asked.text)
    await write('Somebody Else', 'else@example.org', 'Another')
    await mailTo('else@example.org', 'acknowledgement')
    const sent = (await mails()).filter(one => one.kind === 'sign_in' && one.recipients.includes('lina@example.org'))
    expect(sent).toHaveLength(3)
  })

  test('of before the upgrade, which says no time, is good for 90 days from then', async () => {
    await write('Ulf Undated', 'ulf@example.org', 'From long ago')
    const mail = await mailTo('ulf@example.org', 'acknowledgement')
    const [caseId, personId] = linkIn(mail).slice(3).split('.')
    const about = `${caseId}.${personId}`
    const key = keyFor(installationKey(app.config.dataDir), 'case link')
    const undated = `/k/${about}.${createHmac('sha256', key).update(`case link ${about}`).digest('base64url')}`
    const until = (when: Date) =>
      app.program.kernel.database.owner.query('update portal_settings set undated_links_until = $1', [when])
    await until(new Date(now.getTime() + 60_000))
    expect((await get(undated)).text).toContain('From long ago')
    await until(new Date(now.getTime() - 60_000))
    expect((await get(undated)).status).toBe(410)
    expect((await ask(undated)).status).toBe(200)
    expect((await get(linkIn(await mailTo('ulf@example.org', 'sign_in')))).text).toContain('From long ago')
  })
})
