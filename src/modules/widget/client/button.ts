/**
 * The one line for other websites: a button, and behind it an isolated frame of ours. It sets no cookie, reads nothing
 * of the page but its own script tag, and hands on only the token that the website signed for its customer.
 */
;(() => {
  const script = document.currentScript as HTMLScriptElement | null
  const key = script?.dataset.site
  if (!script || !key || document.getElementById('rapport-widget')) return
  const home = new URL(script.src).origin
  const label = script.dataset.label ?? 'Write to us'

  const host = document.createElement('div')
  host.id = 'rapport-widget'
  const root = host.attachShadow({ mode: 'open' })
  root.innerHTML = `<style>
    :host{all:initial}
    button{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;min-height:48px;padding:0 20px;border:0;border-radius:24px;
      background:var(--c,#156c5f);color:#fff;font:600 16px/1 system-ui,sans-serif;cursor:pointer;box-shadow:0 4px 16px rgb(0 0 0/25%)}
    button:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px #111}
    iframe{position:fixed;inset-block-end:80px;inset-inline-end:20px;z-index:2147483000;width:min(380px,calc(100vw - 40px));height:min(600px,calc(100dvh - 110px));
      border:1px solid rgb(0 0 0/15%);border-radius:14px;background:#fff;box-shadow:0 8px 40px rgb(0 0 0/25%)}
    iframe[hidden]{display:none}
    @media (max-width:480px){iframe{inset:0 0 72px 0;width:100vw;height:calc(100dvh - 72px);border-radius:0;border:0}}
  </style><button type="button" aria-expanded="false"></button>`
  const button = root.querySelector('button') as HTMLButtonElement
  button.textContent = label
  button.style.setProperty('--c', script.dataset.colour ?? '#156c5f')
  let frame: HTMLIFrameElement | null = null

  const hello = () =>
    frame?.contentWindow?.postMessage({ kind: 'rapport:hello', identity: script.dataset.identity ?? null }, home)

  const toggle = (open: boolean) => {
    if (open && !frame) {
      frame = document.createElement('iframe')
      frame.title = label
      frame.src = `${home}/widget/${encodeURIComponent(key)}`
      root.append(frame)
    }
    if (frame) frame.hidden = !open
    button.setAttribute('aria-expanded', String(open))
    if (open) frame?.focus()
    else button.focus()
  }

  button.addEventListener('click', () => toggle(!frame || frame.hidden === true))
  window.addEventListener('message', event => {
    if (event.origin !== home || event.source !== frame?.contentWindow) return
    if (event.data === 'rapport:ready') hello()
    if (event.data === 'rapport:close') toggle(false)
  })
  document.body.append(host)
})()
