/** Text that is HTML already; everything else is escaped. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | null | false | undefined | readonly Part[]

const written = (part: Part): string => {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'object') return part.map(written).join('')
  return String(part).replace(/[&<>"']/g, c => `&#${c.charCodeAt(0)};`)
}

/** A template whose values cannot break out of it: what is not made by `html` itself is escaped. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, string, i) => text + written(parts[i - 1]) + string))

/** The look of public pages: readable without a script, at 320 pixels, in light and dark. */
const style = `:root{color-scheme:light dark;--line:light-dark(#d9d9d3,#3a3d3b);--dim:light-dark(#595d5a,#a9afab);--pine:light-dark(#156c5f,#6fc4b3);--solid:#156c5f;--soft:light-dark(#eef5f3,#1d2a27);--bad:light-dark(#a3261f,#f1a49f)}
*{box-sizing:border-box}body{margin:0;font:1.0625rem/1.55 system-ui,sans-serif;background:light-dark(#fff,#161817);color:light-dark(#1b1d1c,#e8eae9)}
a{color:var(--pine)}header.site{border-bottom:1px solid var(--line)}header.site>div,main,footer{max-width:42rem;margin:0 auto;padding:0 1.25rem}
header.site>div{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;align-items:center;min-height:3.5rem;padding-block:.5rem}header.site .name{font-weight:650;color:inherit;text-decoration:none;margin-inline-end:auto}
header.site nav{display:flex;flex-wrap:wrap;gap:0 1.25rem}header.site a{display:inline-flex;align-items:center;min-height:2rem}main{padding-block:2rem 3rem}footer{padding-block:1rem 2rem;color:var(--dim);font-size:.9375rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2rem 0 .5rem}p{margin:.5rem 0 1rem}.dim{color:var(--dim)}.small{font-size:.9375rem}
legend h2{margin:1.25rem 0 0}label,legend{font-weight:600;display:block;margin:1.25rem 0 .375rem;padding:0}.hint{display:block;font-weight:400;color:var(--dim);font-size:.9375rem}
input[type=text],input[type=email],input[type=tel],select,textarea{width:100%;font:inherit;min-height:2.75rem;padding:.5rem .75rem;border:1px solid light-dark(#8b908d,#6b716d);border-radius:.5rem;background:light-dark(#fff,#1d1f1e);color:inherit}
textarea{min-height:8rem}input[type=file]{font:inherit;max-width:100%;padding:.375rem 0}fieldset{border:0;padding:0;margin:0}
label.choice{display:flex;gap:.75rem;align-items:center;min-height:3rem;padding:.5rem 1rem;border:1px solid var(--line);border-radius:.625rem;margin:0 0 .5rem;cursor:pointer;font-weight:400}
label.choice:has(:checked){outline:2px solid var(--pine);border-color:var(--pine)}input[type=radio]{width:1.25rem;height:1.25rem;accent-color:var(--solid);flex:none}
button,.button{display:inline-flex;align-items:center;font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.25rem;border:1px solid transparent;border-radius:.5rem;background:var(--solid);color:#fff;cursor:pointer;text-decoration:none}
button.quiet{background:none;color:var(--pine);border-color:var(--line)}.row{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
:focus-visible{outline:3px solid var(--pine);outline-offset:2px}.problem,.done{border-inline-start:4px solid var(--bad);background:light-dark(#fdf1f0,#2b1b1a);padding:.75rem 1rem;margin:0 0 1.25rem;border-radius:.25rem}.done{border-color:var(--pine);background:var(--soft)}.problem p,.done p{margin:0}
.error{color:var(--bad);font-size:.9375rem;margin:.25rem 0 0}[aria-invalid=true]{border-color:var(--bad)!important}
ul.cases,ol.talk{list-style:none;margin:1rem 0;padding:0}ul.cases a{display:block;padding:.75rem 0;border-top:1px solid var(--line);text-decoration:none}ul.cases li:last-child a{border-bottom:1px solid var(--line)}ul.cases strong{display:block;color:light-dark(#1b1d1c,#e8eae9);overflow-wrap:anywhere}
ol.talk li{border:1px solid var(--line);border-radius:.625rem;padding:.75rem 1rem;margin:0 0 .75rem}ol.talk li.us{background:var(--soft)}ol.talk .text{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0 0}
article h2,article h3,article h4{font-size:1.125rem;margin:1.5rem 0 .25rem}article h3,article h4{font-size:1.0625rem}article img{max-width:100%;height:auto;border-radius:.5rem}article table{display:block;max-width:100%;overflow-x:auto;border-collapse:collapse;margin:0 0 1rem}article td,article th{border:1px solid var(--line);padding:.375rem .625rem;text-align:start;vertical-align:top}article td p,article th p,article li p{margin:0}article th{background:var(--soft)}article blockquote{margin:0 0 1rem;padding-inline-start:1rem;border-inline-start:4px solid var(--line)}article pre{overflow-x:auto;padding:.75rem;background:var(--soft)}article{overflow-wrap:anywhere}.find{margin-top:0;flex-wrap:nowrap}.find input{min-width:0}.still,.helped{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line)}.still h2,.helped h2{margin:0}
@media print{header.site,nav,form,.still{display:none}main{max-width:none;padding:0}body{background:#fff;color:#000}}
.state{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:.0625rem .625rem;font-size:.875rem}.trap{position:absolute;inset-inline-start:-100vw}
@media(prefers-contrast:more){:root{--line:light-dark(#1b1d1c,#e8eae9);--dim:light-dark(#2b2e2c,#d6dad8);--pine:light-dark(#0b4a40,#9be3d4);--solid:light-dark(#0b4a40,#156c5f);--bad:light-dark(#7d120d,#ffc4c0)}body{background:light-dark(#fff,#000);color:light-dark(#000,#fff)}input,select,textarea{border-width:2px!important;border-color:currentcolor!important}button,.button{border-color:currentcolor}button.quiet{border-width:2px}.state{border-color:currentcolor}}`

type Link = { href: string; text: string }

/** A mark of two arcs, as the program's own; without one a browser asks for a file that is not there. */
const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#156c5f"/><circle cx="16" cy="16" r="8" fill="none" stroke="#fff" stroke-width="4"/></svg>')}`

/** A whole page for people from outside. `title` is the page's own; the organisation's name goes with it. */
export const publicPage = (page: {
  organisation: string
  title: string
  body: Html
  home?: string
  links?: Link[]
  index?: boolean
  description?: string
  /** More for the head of the page. */
  head?: Html
}): string =>
  html`<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
${page.index ? html`<meta name="description" content="${page.description ?? `${page.title}: ${page.organisation}`}">` : html`<meta name="robots" content="noindex">`}${page.head}<link rel="icon" href="${icon}"><title>${page.title}, ${page.organisation}</title><style>${new Html(style)}</style></head>
<body><header class="site"><div>${page.home ? html`<a class="name" href="${page.home}">${page.organisation}</a>` : html`<span class="name">${page.organisation}</span>`}
${page.links?.length ? html`<nav aria-label="Pages">${page.links.map(link => html`<a href="${link.href}">${link.text}</a>`)}</nav>` : ''}</div></header>
<main>${page.body}</main></body></html>`.text
