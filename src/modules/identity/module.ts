import type { Module } from '../../platform/module.ts'
import { system } from '../../platform/permissions/actor.ts'
import { type IdentityOptions, identityApi } from './api.ts'
import { sentences } from './events.ts'
import { isSetUp, setUp } from './settingUp.ts'
import { makeSignIn, serveSignIn } from './sign-in.ts'
import { en } from './ui/en.ts'

/** A stream knows what its owner might see when it began. After these it is ended, in whatever process it runs. */
const changesAccess = new Set(['staff.changed', 'staff.ended', 'staff.session_ended', 'staff.token_revoked'])

export const identityModule = (options: IdentityOptions): Module => ({
  name: 'identity',
  uses: [],
  owns: [
    'calendars',
    'calendar_versions',
    'organisation',
    'roles',
    'teams',
    'staff',
    'team_members',
    'api_tokens',
    'sign_in_failures',
  ],
  words: en,
  sentences,
  start: surroundings => {
    const { kernel, config } = surroundings
    const signIn = makeSignIn(surroundings)
    return {
      api: identityApi(options),
      routes: app => serveSignIn(app, signIn.auth, config.baseUrl),
      // Told between processes, shown to nobody.
      gates: { role: async () => () => false },
      hear: events => {
        for (const { type, subjectId } of events)
          if (type === 'role.changed') options.dropLive('everybody')
          else if (changesAccess.has(type)) options.dropLive(subjectId)
      },
      prepare: async () => {
        const { first } = config
        if (!first || (await kernel.read(system, isSetUp))) return
        const name = first.email.split('@')[0] ?? first.email
        await kernel.work(system, work => setUp(work, { ...first, name, zone: 'Europe/London' }))
      },
      stop: signIn.close,
    }
  },
})
