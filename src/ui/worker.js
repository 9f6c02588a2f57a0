/*
 * Keeps the shell of the program on the device: the first page, scripts and styles. Answers of the server are never kept,
 * and nothing of it is ever read here. `files` and `version` are filled in when the screens are built.
 */
const version = '__VERSION__'
const files = ['__FILES__']
const shell = `rapport-shell-${version}`

/** Addresses that are screens; the public pages of the same server are not. */
const screens =
  /^\/(?:$|queue|cases|people|organisation|account|notifications|requests|counter|log|day|wall|bulk|search|setup|sign-in)(?:\/|$)/

self.addEventListener('install', event => {
  const keep = async () => {
    const cache = await caches.open(shell)
    await cache.add('/')
    // A file that cannot be had now is fetched when it is wanted.
    await Promise.all(files.map(file => cache.add(file).catch(() => {})))
  }
  event.waitUntil(keep())
})

self.addEventListener('activate', event => {
  const others = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('rapport-shell-') && name !== shell) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(others())
})

// A new version waits until somebody says so: a page never changes under the hand that works in it.
self.addEventListener('message', event => {
  if (event.data === 'take over') void self.skipWaiting()
})

const page = async request => {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await caches.match('/', { cacheName: shell })
    if (kept) return kept
    throw error
  }
}

/** Files carry their content in their name: what is kept is never out of date. */
const file = async request => (await caches.match(request)) ?? fetch(request)

self.addEventListener('fetch', event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') {
    if (screens.test(pathname)) event.respondWith(page(request))
  } else if (pathname.startsWith('/assets/')) event.respondWith(file(request))
})
