import * as z from 'zod'
import { Done, Id, line, Moment, operation, personal } from '../../shared/contract.ts'
import { Status } from '../cases/contract.ts'

export const callEvents = ['ringing', 'answered', 'ended', 'missed'] as const
export const CallState = z.enum(callEvents)

/** A call on screen: who rings, and what is open with them. */
export const Call = z.object({
  id: Id,
  state: CallState,
  /** The number they ring from; null where it is withheld. */
  caller: personal(z.string()).nullable(),
  called: personal(z.string()).nullable(),
  startedAt: Moment,
  /** For me by its extension, and not for everybody. */
  mine: z.boolean(),
  person: z
    .object({ id: Id, name: personal(z.string()), typeName: z.string().nullable(), vulnerable: personal(z.boolean()) })
    .nullable(),
  /** Others who have this number too, such as a household's. */
  alsoWith: z.array(z.object({ id: Id, name: personal(z.string()) })),
  openCases: z.array(z.object({ id: Id, subject: personal(z.string()), status: Status })),
})
export type Call = z.infer<typeof Call>

export const Extension = z.object({ extension: line(20), staffId: Id })

export const TelephoneSettings = z.object({
  /** Where a telephone system calls that signs instead of holding a token. */
  hookUrl: z.string(),
  hasSecret: z.boolean(),
  teamId: Id.nullable(),
  callBack: z.boolean(),
  extensions: z.array(Extension),
  version: z.number(),
})
export type TelephoneSettings = z.infer<typeof TelephoneSettings>

/** What a telephone system says of a call. */
export const Report = z.object({
  /** The telephone system's own number of the call: told again, it is the same call. */
  call: line(200),
  event: CallState,
  from: personal(z.string().trim().max(60)).nullable().default(null),
  to: personal(z.string().trim().max(60)).nullable().default(null),
  /** Where it rings, or who answered. */
  extension: z.string().trim().max(20).nullable().default(null),
})
export type Report = z.infer<typeof Report>

export const telephone = {
  report: operation({
    method: 'POST',
    path: '/api/telephone/calls',
    permission: 'telephone.report',
    summary: 'Say that somebody rings, was answered, has ended, or was missed',
    input: Report,
    output: z.object({ id: Id }),
    status: 201,
  }),
  current: operation({
    method: 'GET',
    path: '/api/telephone/calls',
    permission: 'case.open',
    summary: 'Calls for me that are going on, or have just ended and are not logged',
    input: z.object({}),
    output: z.object({ items: z.array(Call) }),
  }),
  dismiss: operation({
    method: 'POST',
    path: '/api/telephone/calls/:id/dismiss',
    permission: 'case.open',
    summary: 'Take a call off my screen',
    input: z.object({ id: Id }),
    output: Done,
  }),
  logged: operation({
    method: 'POST',
    path: '/api/telephone/calls/:id/logged',
    permission: 'case.open',
    summary: 'Say which case a call became: it leaves everybody’s screen',
    input: z.object({ id: Id, caseId: Id }),
    output: Done,
  }),
  settings: operation({
    method: 'GET',
    path: '/api/telephone/settings',
    permission: 'settings.read',
    summary: 'How the telephone system reaches us, and whose extension is whose',
    input: z.object({}),
    output: TelephoneSettings,
  }),
  changeSettings: operation({
    method: 'PATCH',
    path: '/api/telephone/settings',
    permission: 'settings.edit',
    summary: 'Change the telephone; the secret is sealed and never shown again',
    input: z.object({
      teamId: Id.nullable().optional(),
      callBack: z.boolean().optional(),
      token: z.string().trim().min(16, 'At least 16 characters').max(500).optional(),
      extensions: z.array(Extension).max(500).optional(),
      version: z.number().int().optional(),
    }),
    output: TelephoneSettings,
  }),
}
