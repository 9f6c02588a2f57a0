import { describe, expect, test } from 'vitest'
import { redactDeep, redactHtml } from './redact.ts'

describe('markup', () => {
  test.each([
    ['4242<b>4242</b>4242&#52;242', '****<b>****</b>****&#52;242'],
    ['4242&nbsp;4242&#xA0;4242&#160;4242', '****'],
    ['<p>4242 4242<br>4242 4242</p>', '<p>*********<br>*********</p>'],
    ['<a href="https://x.test/?n=4242%204242%204242%204242&a=1">pay</a>', 'href="https://x.test/?n='],
    ['<a title="4242-4242-4242-4242">x</a>', '<a title="***************4242">x</a>'],
    ['<!-- 4242424242424242 -->', '<!-- ************4242 -->'],
    ['4242<!-- x -->4242 42424242', '****<!-- x -->'],
    ['<script>var n = "4242424242424242"</script>', '"************4242"'],
    ['<table><tr><td>4242</td><td>4242</td><td>4242</td><td>4242</td></tr></table>', '<td>****</td><td>****</td>'],
  ])('%s', (html, expected) => {
    const redacted = redactHtml(html)
    expect(redacted.found).toEqual([{ kind: 'card', last4: '4242' }])
    expect(redacted.html).toContain(expected)
    expect(redacted.html.match(/<[a-z/]+/g)).toEqual(html.match(/<[a-z/]+/g))
  })

  test('markup without numbers comes back as it was', () => {
    const html = '<p style="width:100%">5 &lt; 6 &amp; < 7 <b 8</p> <img width=600 height="400"> &#x1F600; 100%20'
    expect(redactHtml(html)).toEqual({ html, found: [] })
  })
})

describe('JSON values', () => {
  test('strings, keys, whole numbers and errors are redacted at any depth', () => {
    const { value, found } = redactDeep({
      note: 'no 4242424242424242',
      '5555555555554444': [{ pan: 4242424242424242, big: 4111111111111111n, price: 0.4949494949494949, id: 12 }],
      url: '/pay?n=4242%204242%204242%204242',
      html: '<b>4242</b>424242424242',
      error: new Error('bad card 4242424242424242'),
    })
    expect(found).toHaveLength(8)
    expect(JSON.stringify(value)).not.toMatch(/424242424242|5555555/)
    expect(value).toMatchObject({
      '************4444': [{ pan: '************4242', price: 0.4949494949494949, id: 12 }],
    })
  })

  test('shapes that would break a walker are survived', () => {
    const cycle: Record<string, unknown> = { date: new Date(0), bytes: Buffer.from('x') }
    cycle.self = cycle
    const { value } = redactDeep(cycle)
    expect(value).toMatchObject({ date: cycle.date, bytes: cycle.bytes })
    const keys = redactDeep(
      JSON.parse('{"__proto__": 1, "4242424242424242": 1, "4242 4242 4242 4242": 2, "************4242": 3}'),
    ).value
    expect(Object.values(keys as object)).toEqual([1, 1, 2, 3])
    let deep: unknown = 1
    for (let level = 0; level < 50_000; level++) deep = [deep]
    expect(JSON.stringify(redactDeep(deep).value)).toContain('nested too deeply')
  })
})
