type Problem = { detail?: string; errors?: { field: string; message: string }[] }
export type Refused = Error & { status?: number; field?: string | undefined }

export const siteKey = document.body.dataset.key ?? ''

let session: string | null = null
let stream: EventSource | null = null
let again: ReturnType<typeof setTimeout> | undefined

/** Whom the website's token names. It is only read here, to keep conversations apart; the server is who believes it. */
export const namedIn = (identity: string | null): string => {
  try {
    const claims = identity?.split('.')[1]?.replaceAll('-', '+').replaceAll('_', '/') ?? ''
    return String((JSON.parse(atob(claims)) as { email?: unknown }).email).toLowerCase()
  } catch {
    return ''
  }
}

/** Where a session is kept: apart for each customer who is signed in at the website, who may share a computer. */
const placeOf = (identity: string | null): string =>
  identity ? `rapport:${siteKey}:${namedIn(identity)}` : `rapport:${siteKey}`

const kept = (place: string): string | null => {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}

/** Takes up the conversation that this visitor has begun, also before they signed in. @returns whether there is one */
export const takeUp = (identity: string | null): boolean => {
  session = kept(placeOf(identity)) ?? kept(placeOf(null))
  return session !== null
}

/** Keeps the session in the frame's own storage, which browsers keep apart for each site that shows the window. */
export const keep = (value: string | null, identity: string | null): void => {
  session = value
  try {
    if (value) localStorage.setItem(placeOf(identity), value)
    else for (const place of [placeOf(identity), placeOf(null)]) localStorage.removeItem(place)
  } catch {
    // Without storage the conversation lasts as long as the page; answers then go on by mail.
  }
}

/** 32 random bytes as base64url. `randomUUID` is not there on pages without TLS. */
export const random = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '')

/** The session of the conversation, or the one that the first message will begin. */
export const sessionNow = (): string => {
  session ??= random()
  return session
}

const refused = (status: number, { detail, errors }: Problem): Refused => {
  const said = errors?.[0]?.message ?? detail ?? 'Something went wrong. Please try again.'
  return Object.assign(new Error(said), { status, field: errors?.[0]?.field })
}

const reach = async (method: string, path: string, body?: unknown, key?: string): Promise<Response> => {
  const response = await fetch(path, {
    method,
    credentials: 'omit',
    headers: {
      ...(session ? { 'x-widget-session': session } : {}),
      ...(key ? { 'idempotency-key': key } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.ok) return response
  throw refused(response.status, (await response.json().catch(() => ({}))) as Problem)
}

/**
 * @param key of what must not be done twice when its answer is lost and it is sent again
 * @throws Refused with what the program says about it
 */
export const ask = async <T>(method: string, path: string, body?: unknown, key?: string): Promise<T> =>
  (await reach(method, path, body, key)).json() as Promise<T>

const problemIn = (text: string): Problem => {
  try {
    return JSON.parse(text) as Problem
  } catch {
    return {}
  }
}

/**
 * Uploads a file. `fetch` does not say how far it is, so this is the older way.
 * @param told how many per cent have gone out
 */
export const uploadTo = (path: string, file: File, stop: AbortSignal, told: (share: number) => void) =>
  new Promise<{ id: number }>((resolve, reject) => {
    const body = new FormData()
    body.append('file', file)
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('x-widget-session', sessionNow())
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? Math.round((100 * loaded) / total) : 0)
    request.onerror = () => reject(new TypeError('not reached'))
    request.onabort = request.onerror
    request.onload = () =>
      request.status < 300
        ? resolve(JSON.parse(request.responseText) as { id: number })
        : reject(refused(request.status, problemIn(request.responseText)))
    stop.addEventListener('abort', () => request.abort())
    request.send(body)
  })

/** Saves a file of the conversation. The session goes in a header, so that no link to the file lies about. */
export const save = async (id: number, name: string): Promise<void> => {
  const address = URL.createObjectURL(await (await reach('GET', `/api/widget-talk/files/${id}`)).blob())
  Object.assign(document.createElement('a'), { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Hears when to read the conversation again, for as long as the window stands. */
export const listen = (changed: () => void): void => {
  clearTimeout(again)
  stream?.close()
  stream = new EventSource(`/api/widget-stream?session=${encodeURIComponent(session ?? '')}`)
  stream.addEventListener('change', changed)
  stream.onopen = changed
  stream.onerror = () => {
    // A browser gives up for good when the answer is no stream: a restart behind a proxy, or too many windows.
    if (stream?.readyState === EventSource.CLOSED)
      again = setTimeout(() => listen(changed), 5000 + Math.random() * 5000)
  }
}

export const stopListening = (): void => {
  clearTimeout(again)
  stream?.close()
  stream = null
}
