import { describe, expect, test } from 'vitest'
import { mime, multipart, question } from './fixtures.ts'
import { MailRefused } from './limits.ts'
import { parseMail } from './parse.ts'

const refusal = (raw: Buffer, limits = {}) =>
  parseMail(raw, limits).then(
    () => null,
    (error: unknown) => (error instanceof MailRefused ? error.reason : error),
  )

function nested(depth: number): Buffer {
  const opening = Array.from({ length: depth }, (_, level) => [
    `Content-Type: multipart/mixed; boundary=b${level}`,
    '',
    `--b${level}`,
  ])
  const closing = Array.from({ length: depth }, (_, level) => `--b${depth - level - 1}--`)
  return mime('From: a@b.test', ...opening.flat(), 'Content-Type: text/plain', '', 'deep', ...closing)
}

describe('limits', () => {
  test('a mail past a limit is refused before it is parsed', async () => {
    expect(await refusal(Buffer.alloc(26 * 1024 * 1024))).toBe('too_large')
    expect(await refusal(Buffer.from('\n'.repeat(600_000)))).toBe('too_large')
    expect(await refusal(question('X: '.padEnd(1000, 'x')), { size: 100 })).toBe('too_large')
    expect(await refusal(mime(...Array.from({ length: 5000 }, () => `X-Long: ${'x'.repeat(60)}`), '', 'x'))).toBe(
      'headers_too_long',
    )
    expect(await refusal(multipart([`X-Long: ${'x'.repeat(300_000)}\r\n\r\nx`]))).toBe('headers_too_long')
    expect(await refusal(nested(50))).toBe('too_deep')
    expect(await refusal(nested(10))).toBeNull()
    expect(await refusal(mime(...Array.from({ length: 30 }, () => 'Content-Type: message/rfc822\r\n'), 'x'))).toBe(
      'too_deep',
    )
  })

  test('10,000 recipients are refused, 900 are read', async () => {
    const to = (count: number) =>
      mime(`To: ${Array.from({ length: count }, (_, index) => `a${index}@b.test`).join(',\r\n ')}`, '', 'x')
    expect(await refusal(to(10_000))).toBe('too_many_recipients')
    expect((await parseMail(to(900))).to).toHaveLength(900)
  })

  test('200 parts are read, 201 are refused', async () => {
    const part = 'Content-Type: image/png; name=a.png\r\n\r\nx'
    expect((await parseMail(multipart(Array(200).fill(part)))).attachments).toHaveLength(200)
    expect(await refusal(multipart(Array(201).fill(part)))).toBe('too_many_parts')
  })
})
