import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { beforeAll, describe, expect, test } from 'vitest'
import { trustedVerdict, verdictOf } from './authentication.ts'
import { question } from './fixtures.ts'
import { parseMail } from './parse.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
const RECORDS: Record<string, string> = {
  'k1._domainkey.home.test': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
  'home.test': 'v=spf1 ip4:192.0.2.1 -all',
  '_dmarc.home.test': 'v=DMARC1; p=reject',
  'k1._domainkey.open.test': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
}

async function resolver(name: string, type: string): Promise<string[][]> {
  const record = RECORDS[name]
  if (type === 'TXT' && record) return [[record]]
  throw Object.assign(new Error(`no ${type} for ${name}`), { code: 'ENOTFOUND' })
}

async function signed(domain: string): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const info = await transport.sendMail({
    from: `Ann <ann@${domain}>`,
    to: 'support@shop.test',
    subject: 'Where is my parcel?',
    text: 'It should have come on Friday.',
    dkim: { domainName: domain, keySelector: 'k1', privateKey },
  })
  return info.message as Buffer
}

const arrival = { ip: '192.0.2.1', helo: 'mx.home.test', sender: 'ann@home.test', mta: 'mx.shop.test', resolver }

describe('verdictOf', () => {
  let raw: Buffer
  beforeAll(async () => {
    raw = await signed('home.test')
  })

  test('a signed mail from its own server passes', async () => {
    expect(await verdictOf(raw, arrival)).toEqual({
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      alignedDomain: 'home.test',
      summary: 'pass',
    })
  })

  test('the signature is enough when the mail was forwarded', async () => {
    expect(await verdictOf(raw, { ...arrival, ip: '198.51.100.7', sender: 'list@else.test' })).toMatchObject({
      dkim: 'pass',
      dmarc: 'pass',
      summary: 'pass',
    })
  })

  test('a forged body from a strange server fails', async () => {
    const forged = Buffer.from(raw.toString().replace('Friday', 'Monday'))
    expect(await verdictOf(forged, { ...arrival, ip: '198.51.100.7' })).toMatchObject({
      spf: 'fail',
      dmarc: 'fail',
      alignedDomain: null,
      summary: 'fail',
    })
    expect((await verdictOf(forged, arrival)).dkim).not.toBe('pass')
  })

  test('of a domain that publishes nothing nobody can say, unless it signs', async () => {
    const stranger = { ...arrival, sender: 'ann@open.test' }
    const plain = Buffer.from('From: ann@open.test\r\nSubject: x\r\n\r\nx\r\n')
    expect(await verdictOf(plain, stranger)).toEqual({
      spf: 'none',
      dkim: 'none',
      dmarc: 'none',
      alignedDomain: null,
      summary: 'none',
    })
    expect(await verdictOf(await signed('open.test'), stranger)).toMatchObject({
      dkim: 'pass',
      dmarc: 'none',
      alignedDomain: 'open.test',
      summary: 'pass',
    })
  })

  test('a mail without headers has no verdict', async () => {
    expect(await verdictOf(Buffer.from('x'), { ...arrival, sender: '' })).toMatchObject({
      dmarc: 'none',
      summary: 'none',
    })
  })
})

describe('trustedVerdict', () => {
  const read = async (...results: string[]) =>
    trustedVerdict(
      await parseMail(question(...results.map(value => `Authentication-Results: ${value}`))),
      'MX.shop.test',
    )

  test('is read from the header of the trusted server only, and its topmost', async () => {
    const real =
      'mx.shop.test; spf=pass (ok; really) smtp.mailfrom=home.test; dkim=fail; dkim=pass header.d=home.test;\r\n dmarc=pass (p=REJECT) header.from=home.test'
    expect(await read('mx.evil.test; dmarc=fail', real, 'mx.shop.test; dmarc=fail')).toEqual({
      spf: 'pass',
      dkim: 'pass',
      dmarc: 'pass',
      alignedDomain: 'home.test',
      summary: 'pass',
    })
    expect(await read('mx.evil.test; dmarc=pass', 'mx.shop.test.evil.test; dmarc=pass')).toBeNull()
    expect(await read()).toBeNull()
  })

  test('a failure is one, and silence is none', async () => {
    expect(await read('mx.shop.test 1; spf=softfail; dmarc=fail header.from=home.test')).toMatchObject({
      spf: 'softfail',
      dmarc: 'fail',
      alignedDomain: null,
      summary: 'fail',
    })
    expect(await read('mx.shop.test; none')).toEqual({
      spf: 'none',
      dkim: 'none',
      dmarc: 'none',
      alignedDomain: null,
      summary: 'none',
    })
  })
})
