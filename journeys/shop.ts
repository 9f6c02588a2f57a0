import { createServer } from 'node:http'
import { freePort, type TestApp } from '../test/app.ts'

/** The website of somebody else, on another origin, with nothing of ours but the one line that opens our window. */
export const startShop = async (app: TestApp): Promise<{ origin: string; close(): Promise<void> }> => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const wanted = { name: 'Lamp shop', origin, teamId: app.teamId, greeting: 'Hello! Ask us about lamps.' }
  const { snippet } = (await app.as('administrator')<{ snippet: string }>('POST', '/api/widget-sites', wanted)).body
  const line = snippet.replace(/src="[^"]+"/, `src="${app.url}/widget.js"`)
  const site = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Lamps</title>
      <body style="font:18px system-ui;margin:48px"><h1>Lamps</h1><p>The website of somebody else.</p>${line}</html>`,
    )
  })
  await new Promise<void>(resolve => site.listen(port, '127.0.0.1', resolve))
  return { origin, close: () => new Promise(resolve => site.close(() => resolve())) }
}
