import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlToText, sanitizeMailHtml } from './html.ts'

const ATTACKS = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img/src=x/onerror=alert(1)//',
  '<body onload=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><animate attributeName=href values=javascript:alert(1) />',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><a xlink:href="javascript:alert(1)">x</a></math>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="&#106;avascript&colon;alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href=" \x01javascript:alert(1)">x</a>',
  '<a href="java\0script:alert(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="//evil.test/x">x</a>',
  '<a href="file:///etc/passwd">x</a>',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  '<img srcset="https://evil.test/a.png 1x" src="javascript:alert(1)">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="https://evil.test"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="https://evil.test/x.swf">',
  '<meta http-equiv="refresh" content="0;url=https://evil.test">',
  '<base href="https://evil.test/">',
  '<link rel="stylesheet" href="https://evil.test/x.css">',
  '<style>@import url(https://evil.test/x.css); body{background:url(https://evil.test/p)}</style>',
  '<div style="background:url(https://evil.test/p)">x</div>',
  '<div style="background-image:url(https://evil.test/p)">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<div style="position:fixed;top:0;left:0;z-index:9999;width:100%">x</div>',
  '<div style="behavior:url(x.htc);-moz-binding:url(x.xml)">x</div>',
  '<div style="color:r\\65 d;background:\\75rl(https://evil.test)">x</div>',
  '<form action="https://evil.test"><input name=password><button formaction="javascript:alert(1)">x</button></form>',
  '<textarea><img src=x onerror=alert(1)></textarea>',
  '<select><option><img src=x onerror=alert(1)></option></select>',
  '<video src="https://evil.test/v" poster="https://evil.test/p"></video><audio src="https://evil.test/a">',
  '<table background="https://evil.test/p"><td background="https://evil.test/p">x</table>',
  '<p id="location" name="cookie" class="modal">x</p>',
  '<template><script>alert(1)</script></template>',
  '<xmp><img src=x onerror=alert(1)></xmp><plaintext><script>alert(1)</script>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<a href="https://ok.test" ping="https://evil.test" onclick=alert(1) download>x</a>',
  '<img alt="`><script>alert(1)</script>" src="https://evil.test/p">',
  '<div data-x="&quot;><script>alert(1)</script>">x</div>',
]

/** Every start tag of the result with its attributes, read by the strictest possible reader. */
function startTags(html: string): string[] {
  return html.match(/<[a-z][^>]*>/gi) ?? []
}

describe('sanitizeMailHtml', () => {
  test.each(ATTACKS)('%j does nothing', attack => {
    const safe = sanitizeMailHtml(attack)
    for (const tag of startTags(safe)) {
      expect(tag).toMatch(/^<[a-z][a-z0-9]*( [a-z-]+="[^"<>]*")*( \/)?>$/)
      expect(tag).not.toMatch(
        /^<(?:script|style|svg|math|iframe|object|embed|form|input|button|meta|base|link|video|audio|template|textarea|select)/,
      )
      const names = tag.replace(/="[^"]*"/g, '=')
      expect(names).not.toMatch(/ (?:on\w+|src|srcset|background|action|formaction|id|class|name|ping|poster)=/)
      expect(tag).not.toMatch(/style="[^"]*(?:url|expression|position|behavior|binding|\\)/i)
      expect(tag).not.toMatch(/href="(?!https?:\/\/|mailto:|tel:)/)
    }
    expect(safe).not.toMatch(/<!--|<!\[|<\?/)
    expect(sanitizeMailHtml(safe)).toBe(safe)
  })

  test('anything at all comes out as well-formed tags of the safe kinds', () => {
    const part = fc.oneof(fc.constantFrom(...ATTACKS, '<b>', '</p>', '<td style="', '"', '<!--', '&lt;'), fc.string())
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), parts => {
        const safe = sanitizeMailHtml(parts.join(''))
        for (const tag of startTags(safe)) {
          expect(tag).toMatch(/^<[a-z][a-z0-9]*( [a-z-]+="[^"<>]*")*( \/)?>$/)
          expect(tag).not.toMatch(/^<(?:script|style|svg|math|iframe|object|embed|form|input|button|meta|base|link)/)
          expect(tag.replace(/="[^"]*"/g, '=')).not.toMatch(/ (?:on\w+|src|srcset|id|class|name)=/)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('pictures wait to be asked for', () => {
    expect(sanitizeMailHtml('<img src="https://shop.test/a.png?x=1&amp;y=2" alt="Logo" width="10">')).toBe(
      '<img alt="Logo" width="10" data-remote-src="https://shop.test/a.png?x=1&amp;y=2" />',
    )
    expect(sanitizeMailHtml('<img src="cid:part1@shop.test">')).toBe('<img data-cid="part1@shop.test" />')
    expect(sanitizeMailHtml('<img data-remote-src="javascript:1" src="x.png">')).toBe('<img />')
  })

  test('links open apart, text and quiet styles stay', () => {
    expect(sanitizeMailHtml('<a href="https://a.test/?b=1" target=_top>x</a>')).toBe(
      '<a href="https://a.test/?b=1" rel="noopener noreferrer nofollow" target="_blank">x</a>',
    )
    expect(sanitizeMailHtml('<a href="mailto:a@b.test">x</a><a href="tel:+44">y</a>').match(/href/g)).toHaveLength(2)
    const kept =
      '<p style="color:#ff0000;margin:0 4px"><b>Hi</b> <i>there</i></p><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
    expect(sanitizeMailHtml(kept)).toBe(kept)
  })

  test('HTML is read as far as it is nested no deeper than 1,000 elements', () => {
    const kept = (html: string) => sanitizeMailHtml(html).match(/<(?:b|i|p|li|td)\b/g)?.length ?? 0
    expect(kept('<b>x'.repeat(5000))).toBeLessThanOrEqual(1000)
    expect(kept('<li><p>x'.repeat(5000))).toBeLessThanOrEqual(1000)
    expect(kept('<b>x</b><br>'.repeat(5000))).toBe(5000)
    expect(kept('<li>x'.repeat(2000))).toBe(2000)
    expect(kept('<table>' + '<tr><td>x<td>y'.repeat(2000))).toBe(4000)
    expect(kept('<b title="</b>">x'.repeat(70_000))).toBeLessThanOrEqual(60_000)
    expect(htmlToText(`${'<div>'.repeat(5000)}deep`).length).toBeLessThan(100)
  })
})

test('HTML becomes readable text', () => {
  const html =
    '<h1>Order</h1><p>Dear Ann,<br>it is <a href="https://a.test/1">here</a>.</p><ul><li>One<li>Two</ul><img alt="Logo" src="https://a.test/l.png"><style>p{}</style><script>x</script>'
  expect(htmlToText(html)).toBe('Order\n\nDear Ann,\nit is here [https://a.test/1].\n\n * One\n * Two\n\n[Logo]')
})
