import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase32, encodeBase32 } from './base32.ts'
import { question } from './fixtures.ts'
import { parseMail } from './parse.ts'
import {
  plusAddress,
  readMessageId,
  readReplyToken,
  replyToken,
  signedMessageId,
  splitPlusAddress,
  subjectNumber,
  threadingHints,
} from './threading.ts'

const KEY = 'a secret of the organisation'
const UUID = '01933f5a-9c1e-7e1a-b0f2-5d7c2a3b4c5d'
const kind = fc.stringMatching(/^[a-z]$/)
const id = fc.oneof(fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }).map(String), fc.uuid())

test('base32 as RFC 4648 section 10 gives it', () => {
  const vectors = {
    '': '',
    f: 'my',
    fo: 'mzxq',
    foo: 'mzxw6',
    foob: 'mzxw6yq',
    fooba: 'mzxw6ytb',
    foobar: 'mzxw6ytboi',
  }
  for (const [text, encoded] of Object.entries(vectors)) {
    expect(encodeBase32(Buffer.from(text))).toBe(encoded)
    expect(decodeBase32(encoded.toUpperCase())).toEqual(Buffer.from(text))
  }
  expect(decodeBase32('m1')).toBeNull()
  expect(decodeBase32('mz')).toBeNull()
})

describe('reply tokens', () => {
  test('say what they were made for, in any case, and nothing without the key', () => {
    fc.assert(
      fc.property(kind, id, (kind, id) => {
        const token = replyToken(KEY, kind, id)
        expect(token).toMatch(/^[a-z2-7]{19,44}$/)
        expect(readReplyToken(KEY, token)).toEqual({ kind, id })
        expect(readReplyToken(KEY, token.toUpperCase())).toEqual({ kind, id })
        expect(readReplyToken('another key', token)).toBeNull()
      }),
    )
  })

  test('a changed character or arbitrary text is not a token', () => {
    const token = replyToken(KEY, 'c', '1234')
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'a' ? 'b' : 'a'
      expect(readReplyToken(KEY, token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
    }
    fc.assert(fc.property(fc.string(), text => readReplyToken(KEY, text) === null))
    expect(() => replyToken(KEY, 'case', '1')).toThrow(RangeError)
    expect(() => replyToken(KEY, 'c', '01')).toThrow(RangeError)
  })

  test('fit in an address', () => {
    const address = plusAddress('customer-support@shop.test', replyToken(KEY, 'c', UUID))
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64)
    expect(splitPlusAddress(address)).toMatchObject({ base: 'customer-support@shop.test' })
    expect(splitPlusAddress('a+b+c@x.test')).toEqual({ base: 'a+b@x.test', token: 'c' })
    expect(splitPlusAddress('plain@x.test')).toBeNull()
  })
})

test('a Message-ID proves what it belongs to', () => {
  const target = { kind: 'c', id: UUID, message: '77', random: 'k3f9', domain: 'Shop.test' }
  const written = signedMessageId(KEY, target)
  expect(written).toMatch(/^<c\.01933f5a-[\w-]+\.77\.k3f9\.[a-z2-7]{16}@Shop\.test>$/)
  expect(readMessageId(KEY, written)).toEqual({ kind: 'c', id: UUID, message: '77' })
  expect(readMessageId(KEY, written.replace('Shop', 'shop'))).not.toBeNull()
  expect(readMessageId(KEY, written.replace('.77.', '.78.'))).toBeNull()
  expect(readMessageId(KEY, written.replace('Shop', 'evil'))).toBeNull()
  expect(readMessageId(KEY, '<CAF+x@mail.gmail.com>')).toBeNull()
  expect(() => signedMessageId(KEY, { ...target, id: '1>\r\nBcc: x' })).toThrow(RangeError)
})

test('a number is read from a subject', () => {
  expect(subjectNumber('Re: AW: [#1234] Broken [#9]')).toBe(1234)
  expect(subjectNumber('Order #1234')).toBeNull()
})

test('hints come in the order to try, tokens of our own addresses only', async () => {
  const token = replyToken(KEY, 'c', '42')
  const ours = signedMessageId(KEY, { kind: 'c', id: '42', message: '7', random: 'x', domain: 'shop.test' })
  const mail = await parseMail(
    question(
      `Delivered-To: support+${token.toUpperCase()}@shop.test`,
      `Cc: support+${replyToken('forged', 'c', '1')}@shop.test, other+${token}@elsewhere.test`,
      `References: <first@x> ${ours} <last@x>`,
      'In-Reply-To: <last@x>',
      'Subject: [#42] Where is my parcel?',
    ),
  )
  expect(threadingHints(mail, KEY, ['Support@shop.test'])).toEqual([
    { by: 'token', address: `support+${token}@shop.test`, kind: 'c', id: '42' },
    { by: 'reference', messageId: '<last@x>', target: null },
    { by: 'reference', messageId: ours, target: { kind: 'c', id: '42', message: '7' } },
    { by: 'reference', messageId: '<first@x>', target: null },
    { by: 'number', number: 42 },
  ])
  expect(threadingHints(await parseMail(question()), KEY, [])).toEqual([])
})
