import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { nothingMore, reachOf, readAllowList } from './addresses.ts'
import { outgoing, type Resolve, Unreached, type UnreachedReason } from './outgoing.ts'

const allowing = (text: string) =>
  readAllowList(text, sentence => {
    throw new Error(sentence)
  })
const reasonOf = (what: Promise<unknown>): Promise<UnreachedReason | 'reached'> =>
  what.then(
    () => 'reached',
    (error: unknown) => {
      if (error instanceof Unreached) return error.reason
      throw error
    },
  )
const nowhere: Resolve = async host => {
  throw new Error(`asked for ${host}`)
}
const strict = outgoing(nothingMore, nowhere)

describe('which addresses are public', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    '::1',
    'fd12:3456::1',
    'fc00::1',
  ])('%s lies in a private network', address => expect(reachOf(address)).toBe('closed'))

  test.each([
    '0.0.0.0',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.51.100.7',
    '203.0.113.9',
    '192.88.99.1',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f.1',
  ])('%s is never reached', address => expect(reachOf(address)).toBe('never'))

  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '2001:4860:4860::8888',
  ])('%s is public', address => expect(reachOf(address)).toBe('public'))

  test('an IPv4 address in the clothes of IPv6 is never reached, whichever it is and whatever was opened', async () => {
    const everything = outgoing(allowing('0.0.0.0/0, ::/0'), nowhere)
    const hex = (a: number, b: number) => ((a << 8) | b).toString(16)
    await fc.assert(
      fc.asyncProperty(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)), async ([a, b, c, d]) => {
        const [high, low] = [hex(a, b), hex(c, d)]
        const dressed = [
          `::ffff:${a}.${b}.${c}.${d}`,
          `::ffff:${high}:${low}`,
          `::${high}:${low}`,
          `64:ff9b::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `2001:0:${high}:${low}::1`,
        ]
        // ::0:1 is loopback in its own right, which an operator may open.
        for (const address of dressed.filter(one => one !== '::0:1')) {
          expect(reachOf(address), address).toBe('never')
          expect(await reasonOf(everything.fetch(`https://[${address}]/`)), address).toBe('address')
        }
      }),
      { numRuns: 60 },
    )
  })

  test('every spelling of an address is seen through', async () => {
    const spellings = (n: number) => [
      String(n),
      `0x${n.toString(16)}`,
      `0${n.toString(8)}`,
      `${n >>> 24}.${n & 0xffffff}`,
      `0x${(n >>> 24).toString(16)}.0x${(n & 0xffffff).toString(16)}`,
      `${n >>> 24}.${(n >>> 16) & 255}.${n & 0xffff}`,
    ]
    await fc.assert(
      fc.asyncProperty(fc.nat(0xffffff), async low => {
        for (const top of [0, 10, 127])
          for (const host of spellings(top * 0x1000000 + low))
            expect(await reasonOf(strict.fetch(`https://${host}/`)), host).toBe('address')
      }),
      { numRuns: 40 },
    )
    for (const host of ['１２７.0.0.1', '①②⑦.0.0.1', '127。0。0。1', '%31%32%37.0.0.1', '127.0.0.1.'])
      expect(await reasonOf(strict.fetch(`https://${host}/`)), host).toBe('address')
  })
})

describe('what may be typed', () => {
  test.each([
    ['http://example.org/', 'address'],
    ['https://user:secret@example.org/', 'address'],
    ['https://user@example.org/', 'address'],
    ['https://example.org:22/', 'address'],
    ['https://example.org:6379/', 'address'],
    ['ftp://example.org/', 'address'],
    ['file:///etc/passwd', 'address'],
    ['gopher://example.org/', 'address'],
    ['data:text/plain,hello', 'address'],
    ['example.org', 'address'],
    ['', 'address'],
    ['https://', 'address'],
    [`https://example.org/${'x'.repeat(3000)}`, 'address'],
  ])('%s is refused', async (url, reason) => {
    const there: Resolve = async () => [{ address: '93.184.215.14', family: 4 }]
    expect(await reasonOf(outgoing(nothingMore, there).fetch(url))).toBe(reason)
  })

  test('a host that nobody knows is told from one that may not be reached, and an address is given back in plain spelling', async () => {
    expect(await reasonOf(strict.check('https://nobody.example/'))).toBe('unknown_host')
    const there: Resolve = async () => [{ address: '93.184.215.14', family: 4 }]
    expect(await outgoing(nothingMore, there).check('HTTPS://Example.ORG:443/a/../hook#part')).toBe(
      'https://example.org/hook',
    )
  })

  test('one private address among several public ones is enough to refuse a host', async () => {
    const mixed: Resolve = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '10.0.0.7', family: 4 },
    ]
    expect(await reasonOf(outgoing(nothingMore, mixed).check('https://mixed.example/'))).toBe('address')
    expect(await reasonOf(outgoing(allowing('10.0.0.0/8'), mixed).check('https://mixed.example/'))).toBe('reached')
    expect(await reasonOf(outgoing(allowing('mixed.example'), mixed).check('https://mixed.example/'))).toBe('reached')
  })

  test('no list opens what hands out the secrets of a cloud', async () => {
    const metadata: Resolve = async () => [{ address: '169.254.169.254', family: 4 }]
    const wide = outgoing(allowing('0.0.0.0/0, metadata.internal'), metadata)
    expect(await reasonOf(wide.check('http://metadata.internal/latest/'))).toBe('address')
    expect(await reasonOf(wide.check('http://169.254.169.254/latest/'))).toBe('address')
  })

  test('a mail server may stand in the own network, not among the addresses of a cloud’s secrets', async () => {
    const at = (address: string) =>
      outgoing(nothingMore, async () => [{ address, family: 4 }]).serverAt('mail.internal')
    expect(await at('10.0.0.25')).toEqual([{ address: '10.0.0.25', family: 4 }])
    expect(await reasonOf(at('169.254.169.254'))).toBe('address')
    expect(await reasonOf(strict.serverAt('0.0.0.0'))).toBe('address')
  })
})

describe('against a server that is there', () => {
  let server: Server
  let port: number
  let handle: (request: IncomingMessage, response: ServerResponse) => void
  const local = allowing('127.0.0.0/8')
  const here: Resolve = async () => [{ address: '127.0.0.1', family: 4 }]
  const at = (path: string, host = '127.0.0.1') => `http://${host}:${port}${path}`
  beforeAll(async () => {
    server = createServer((request, response) => handle(request, response))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => void server.close())

  test('what the operator opened is fetched, with what was to be sent', async () => {
    let got = ''
    handle = (request, response) => {
      request.on('data', chunk => (got += chunk))
      request.on('end', () => response.writeHead(202, { 'x-kind': 'hook' }).end(JSON.stringify(request.headers)))
    }
    const answer = await outgoing(local).fetch(at('/hook'), {
      method: 'POST',
      body: '{"a":"ü"}',
      headers: {
        'content-type': 'application/json',
        'x-signature': 's',
        host: 'evil.example',
        'accept-encoding': 'gzip',
      },
    })
    expect(answer).toMatchObject({ status: 202, headers: { 'x-kind': 'hook' } })
    expect(got).toBe('{"a":"ü"}')
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      host: `127.0.0.1:${port}`,
      'x-signature': 's',
      'accept-encoding': 'identity',
      'user-agent': expect.stringContaining('Rapport/'),
    })
    expect(await reasonOf(outgoing(nothingMore).fetch(at('/hook')))).toBe('address')
    expect(await reasonOf(outgoing(nothingMore).fetch(at('/hook', 'localhost')))).toBe('address')
  })

  test('a name is asked for once: a second, different answer of its owner is never heard', async () => {
    handle = (request, response) => void response.end(request.headers.host)
    const asked: string[] = []
    const rebinding: Resolve = async host => {
      asked.push(host)
      return [{ address: asked.length === 1 ? '127.0.0.1' : '10.255.255.1', family: 4 }]
    }
    const answer = await outgoing(local, rebinding).fetch(at('/', 'moving.example'))
    expect(answer.body.toString()).toBe(`moving.example:${port}`)
    expect(asked).toEqual(['moving.example'])
  })

  test('each redirect is checked like the first address', async () => {
    const leadsTo = async (location: string) => {
      handle = (request, response) =>
        void (request.url === '/' ? response.writeHead(302, { location }).end() : response.end('inside'))
      return reasonOf(
        outgoing(allowing('start.example'), async host =>
          host === 'start.example' ? here(host) : [{ address: '127.0.0.1', family: 4 }],
        ).fetch(at('/', 'start.example')),
      )
    }
    expect(await leadsTo('/next')).toBe('reached')
    expect(await leadsTo(at('/next'))).toBe('address')
    expect(await leadsTo(at('/next', 'other.example'))).toBe('address')
    expect(await leadsTo('http://169.254.169.254/latest/meta-data/')).toBe('address')
    expect(await leadsTo(`http://user:pass@start.example:${port}/next`)).toBe('address')
    expect(await leadsTo('file:///etc/passwd')).toBe('address')
    expect(await leadsTo(`//[::ffff:127.0.0.1]:${port}/next`)).toBe('address')
  })

  test('three redirects are followed, not four', async () => {
    let most = 3
    handle = (request, response) => {
      const step = Number(request.url?.slice(1))
      if (step < most) response.writeHead(307, { location: `/${step + 1}` }).end()
      else response.end('there')
    }
    const answer = await outgoing(local).fetch(at('/0'))
    expect([answer.body.toString(), answer.url]).toEqual(['there', at('/3')])
    most = 4
    expect(await reasonOf(outgoing(local).fetch(at('/0')))).toBe('redirect')
  })

  test('what was meant for one host is not carried to another', async () => {
    handle = (request, response) =>
      void (request.url === '/'
        ? response.writeHead(307, { location: at('/next', 'other.example') }).end()
        : response.end(JSON.stringify([request.method, request.headers])))
    const fetch = outgoing(local, here).fetch
    const headers = { authorization: 'Bearer secret', 'x-signature': 'secret', accept: 'image/*' }
    const got = await fetch(at('/', 'one.example'), { headers })
    expect(got.body.toString()).not.toContain('secret')
    expect(got.body.toString()).toContain('image/*')
    expect(await reasonOf(fetch(at('/', 'one.example'), { method: 'POST', body: 'x', headers }))).toBe('redirect')
    expect(await reasonOf(fetch(at('/', 'one.example'), { method: 'DELETE', headers }))).toBe('redirect')
  })

  test('an answer that is too large or has no end is cut off', async () => {
    handle = (_request, response) => void response.end(Buffer.alloc(1000))
    expect((await outgoing(local).fetch(at('/'), { maxBytes: 1000 })).body.length).toBe(1000)
    expect(await reasonOf(outgoing(local).fetch(at('/'), { maxBytes: 999 }))).toBe('too_large')
    let open = true
    handle = (_request, response) => {
      const more = () => open && response.write(Buffer.alloc(65_536), more)
      response.on('close', () => (open = false))
      more()
    }
    expect(await reasonOf(outgoing(local).fetch(at('/'), { maxBytes: 1_000_000 }))).toBe('too_large')
    await expect.poll(() => open).toBe(false)
  })

  test('a server, a name and a trickle that never end run out of time', async () => {
    const asked = { timeoutMs: 200 }
    handle = () => {}
    expect(await reasonOf(outgoing(local).fetch(at('/'), asked))).toBe('timeout')
    handle = (_request, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    }
    expect(await reasonOf(outgoing(local).fetch(at('/'), asked))).toBe('timeout')
    expect(await reasonOf(outgoing(local, () => new Promise(() => {})).fetch(at('/', 'slow.example'), asked))).toBe(
      'timeout',
    )
  })

  test('a server that hangs up, is not there or speaks something else is one sentence', async () => {
    handle = request => void request.socket.destroy()
    expect(await reasonOf(outgoing(local).fetch(at('/')))).toBe('failed')
    handle = (_request, response) =>
      void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
    expect(await reasonOf(outgoing(local).fetch(at('/'), { timeoutMs: 3000 }))).toBe('failed')
    await expect(outgoing(local).fetch('http://127.0.0.1:1/')).rejects.toThrow('The connection failed')
  })
})

const openssl = spawnSync('openssl', ['version']).status === 0
if (!openssl) console.log('Left out: https against a server with a certificate of its own needs openssl.')

test.skipIf(!openssl)(
  'over https the certificate must be that of the name, although the connection goes to a checked address',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rapport-tls-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=hooks.example', '-addext', 'subjectAltName=DNS:hooks.example']
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-keyout',
      key,
      '-out',
      cert,
      ...subject,
    ])
    const server = createSecureServer(
      { key: readFileSync(key), cert: readFileSync(cert) },
      (_request, response) => void response.end('safe'),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const known = getCACertificates('default')
    const { fetch } = outgoing(allowing('127.0.0.1'), async () => [{ address: '127.0.0.1', family: 4 }])
    expect(await reasonOf(fetch(`https://hooks.example:${port}/`))).toBe('failed')
    setDefaultCACertificates([...known, readFileSync(cert, 'utf8')])
    expect((await fetch(`https://hooks.example:${port}/`)).body.toString()).toBe('safe')
    expect(await reasonOf(fetch(`https://other.example:${port}/`))).toBe('failed')
    setDefaultCACertificates(known)
    server.close()
    rmSync(folder, { recursive: true, force: true })
  },
)

test('mistakes in OUTGOING_ALLOW are told one per line, naming the variable', () => {
  const read = (OUTGOING_ALLOW: string) => readConfig({ OUTGOING_ALLOW }).outgoingAllow
  const list = read(' Hooks.Internal , 10.0.0.0/8,192.168.1.7, fd00::/8, localhost,[::1] ')
  expect(['hooks.internal', 'HOOKS.internal.', 'localhost'].every(host => list.names(host))).toBe(true)
  expect(['10.9.8.7', '192.168.1.7', 'fd12::1', '::1'].every(address => list.holds(address))).toBe(true)
  expect(['11.0.0.1', '192.168.1.8', 'fe80::1', '::ffff:10.0.0.1'].some(address => list.holds(address))).toBe(false)
  expect(read('').holds('10.0.0.1')).toBe(false)
  expect(() => read('10.0.0.0/33, https://x.example, ok.example, a b, 169.254.169.254, 300.1.1.1')).toThrow(
    [
      'OUTGOING_ALLOW: "10.0.0.0/33" is neither a host such as hooks.internal nor a range such as 10.0.0.0/8',
      'OUTGOING_ALLOW: "https://x.example" is neither a host such as hooks.internal nor a range such as 10.0.0.0/8',
      'OUTGOING_ALLOW: "a b" is neither a host such as hooks.internal nor a range such as 10.0.0.0/8',
      'OUTGOING_ALLOW: "169.254.169.254" is never reached, also when it is named here',
      'OUTGOING_ALLOW: "300.1.1.1" is neither a host such as hooks.internal nor a range such as 10.0.0.0/8',
    ].join('\n'),
  )
})
