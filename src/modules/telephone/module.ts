import type { Module } from '../../platform/module.ts'
import { telephoneApi } from './api.ts'
import { serveHooks } from './hooks.ts'
import { callGate } from './showing.ts'
import { en } from './ui/en.ts'

export const telephoneModule: Module = {
  name: 'telephone',
  uses: ['identity', 'people', 'cases', 'messengers'],
  owns: ['telephone_settings', 'telephone_extensions', 'telephone_calls', 'telephone_dismissals'],
  words: en,
  start: ({ config, kernel, keyFor }) => {
    const keys = { secret: keyFor('telephone secret'), baseUrl: config.baseUrl }
    return {
      api: telephoneApi(keys),
      gates: { call: callGate },
      routes: app => serveHooks(app, { kernel, keys }),
    }
  },
}
