import { createServer } from 'node:http'
import { SignJWT } from 'jose'
import { freePort, type TestApp } from '../test/app.ts'

type Shop = {
  origin: string
  key: string
  /** The page for a customer who is signed in there, with a token that is good for as many seconds. */
  signedIn(email: string, seconds?: number): Promise<string>
  close(): Promise<void>
}

/**
 * The website of somebody else, on another origin, with nothing of ours but the one line that opens our window. At
 * `/strict` the line stands in the head, and the page allows no style of its own and nothing from elsewhere but us.
 */
export const startShop = async (app: TestApp): Promise<Shop> => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const wanted = { name: 'Lamp shop', origin, teamId: app.teamId, greeting: 'Hello! Ask us about lamps.' }
  const { body } = await app.as('administrator')<{ snippet: string; key: string; secret: string }>(
    'POST',
    '/api/widget-sites',
    wanted,
  )
  const line = body.snippet.replace(/src="[^"]+"/, `src="${app.url}/widget.js"`)
  const site = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', origin)
    const token = searchParams.get('token')
    const ours = token ? line.replace('data-site', `data-identity="${token}" data-site`) : line
    const strict = pathname === '/strict'
    response.setHeader('content-type', 'text/html')
    if (strict)
      response.setHeader('content-security-policy', `default-src 'none'; script-src ${app.url}; frame-src ${app.url}`)
    const look = strict ? '' : ' style="font:18px system-ui;margin:48px"'
    response.end(
      `<!doctype html><html lang="en"><head><meta name="viewport" content="width=device-width"><title>Lamps</title>
      ${strict ? ours.replace('async', '') : ''}</head>
      <body${look}><h1>Lamps</h1><p>The website of somebody else.</p>${strict ? '' : ours}</html>`,
    )
  })
  await new Promise<void>(resolve => site.listen(port, '127.0.0.1', resolve))
  const signedIn = async (email: string, seconds = 600) => {
    const now = Math.floor(Date.now() / 1000)
    const token = await new SignJWT({ email })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(body.key)
      .setIssuedAt(now - 900)
      .setExpirationTime(now + seconds)
      .sign(new TextEncoder().encode(body.secret))
    return `${origin}/?token=${token}`
  }
  return { origin, key: body.key, signedIn, close: () => new Promise(resolve => site.close(() => resolve())) }
}
