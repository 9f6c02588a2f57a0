/**
 * The one line for other websites: a button, and behind it an isolated frame of ours. It sets no cookie, reads nothing
 * of the page but its own script tag, and hands on only the token that the website signed for its customer.
 */
const script = document.currentScript as HTMLScriptElement | null
const key = script?.dataset.site ?? ''
const home = script ? new URL(script.src).origin : ''
const label = script?.dataset.label ?? 'Write to us'

const style = `
  :host{all:initial!important}
  button{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;min-height:48px;padding:0 20px;border:1px solid transparent;border-radius:24px;
    background:var(--colour);color:var(--ink);font:600 16px/1 system-ui,sans-serif;cursor:pointer;box-shadow:0 4px 16px rgb(0 0 0/25%)}
  button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
  b{display:inline-block;min-width:20px;margin-inline-start:8px;padding:4px 5px;border-radius:10px;background:var(--ink);color:var(--colour);font-size:13px;line-height:12px;text-align:center}
  b[hidden]{display:none}
  iframe{position:fixed;inset-block-end:80px;inset-inline-end:20px;z-index:2147483000;width:min(380px,calc(100vw - 40px));height:min(600px,calc(100dvh - 110px));
    border:1px solid rgb(128 128 128/40%);border-radius:14px;background:#fff;box-shadow:0 8px 40px rgb(0 0 0/25%)}
  iframe[hidden]{display:none}
  @media (prefers-color-scheme:dark){iframe{background:#161817}}
  @media (max-width:480px){iframe{inset:0 0 72px 0;width:100vw;height:calc(100dvh - 72px);border-radius:0;border:0}}`

/** A style of the shadow tree alone. Made by script it holds also where the website's own rules allow no style in a page. */
const dress = (root: ShadowRoot): void => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  root.adoptedStyleSheets = [sheet]
}

const mount = (tag: HTMLScriptElement): void => {
  if (document.getElementById('rapport-widget')) return
  const host = Object.assign(document.createElement('div'), { id: 'rapport-widget' })
  const root = host.attachShadow({ mode: 'open' })
  dress(root)
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: label })
  const waiting = Object.assign(document.createElement('b'), { hidden: true })
  button.setAttribute('aria-expanded', 'false')
  button.style.setProperty('--colour', tag.dataset.colour ?? '#156c5f')
  button.style.setProperty('--ink', tag.dataset.ink ?? '#fff')
  button.append(waiting)
  root.append(button)
  let frame: HTMLIFrameElement | null = null
  let ready = false

  /** The token is read each time, so that a page that stays open can put a fresh one there. */
  const hello = () => {
    const said = { kind: 'rapport:hello', identity: tag.dataset.identity ?? null, shown: frame?.hidden === false }
    frame?.contentWindow?.postMessage(said, home)
  }
  const toggle = (open: boolean) => {
    if (open && !frame) {
      const src = `${home}/widget/${encodeURIComponent(key)}`
      frame = Object.assign(document.createElement('iframe'), { title: label, src })
      root.append(frame)
    }
    if (frame) frame.hidden = !open
    if (ready) hello()
    button.setAttribute('aria-expanded', String(open))
    if (open) frame?.focus()
    else button.focus()
  }
  const count = (unread: unknown) => {
    const number = typeof unread === 'number' ? unread : 0
    waiting.hidden = number === 0
    waiting.textContent = number === 0 ? '' : String(number)
    button.setAttribute('aria-label', number === 0 ? label : `${label}: ${number} new`)
  }
  button.addEventListener('click', () => toggle(frame?.hidden !== false))
  window.addEventListener('message', event => {
    if (event.origin !== home || event.source !== frame?.contentWindow) return
    if (event.data === 'rapport:ready') {
      ready = true
      hello()
    }
    if (event.data === 'rapport:close') toggle(false)
    if (event.data?.kind === 'rapport:unread') count(event.data.count)
  })
  document.body.append(host)
}

if (script && key) {
  // In the head of a page there is no body yet.
  if (document.body) mount(script)
  else document.addEventListener('DOMContentLoaded', () => mount(script))
}

export {}
