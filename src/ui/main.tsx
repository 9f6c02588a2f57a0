import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './kit/tokens.css'
import './kit/base.css'
import './kit/kit.css'
import './shell/shell.css'
import { DirectionProvider, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, matchRoutes } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { doors } from '../modules/identity/ui/index.ts'
import { client } from './client.ts'
import { theme } from './kit/theme.ts'
import { loadWords, speak } from './language/index.ts'
import { routes } from './routes.tsx'
import { askWhoIsHere } from './shell/gate.tsx'

speak('en')
// Before the screen: a browser asks six things at a time, and a screen is more than that.
if (!matchRoutes(doors, window.location)) askWhoIsHere()
const router = createBrowserRouter(routes)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <DirectionProvider detectDirection={false}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  </StrictMode>,
)

setTimeout(() => void loadWords().catch(() => {}), 0)
