import { linkForCustomers } from '../../platform/http/public-links.ts'
import type { Module } from '../../platform/module.ts'
import { portalApi } from './api.ts'
import { sentences } from './events.ts'
import { servePortal } from './pages/site.ts'
import { en } from './ui/en.ts'

export const portalModule: Module = {
  name: 'portal',
  uses: ['identity', 'people', 'cases', 'channels'],
  owns: ['portal_settings', 'portal_codes', 'portal_sessions', 'portal_new_links'],
  words: en,
  sentences,
  start: ({ config, kernel, files, keyFor }) => {
    linkForCustomers({ href: '/help', text: en['help.write'], order: 4 })
    linkForCustomers({ href: '/help/cases', text: en['help.myCases'], order: 5 })
    return {
      api: portalApi(config.baseUrl, files),
      routes: app =>
        servePortal(app, {
          kernel,
          files,
          formKey: keyFor('public form'),
          linkKey: keyFor('case link'),
          secure: config.baseUrl.startsWith('https:'),
          baseUrl: config.baseUrl,
        }),
    }
  },
}
