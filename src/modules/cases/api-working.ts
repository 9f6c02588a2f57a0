import { api, read, work } from '../../platform/http/api.ts'
import { working } from './contract-working.ts'
import { forwardCase } from './forwarding.ts'
import { nextCase, skipCase } from './handing-out.ts'
import { sendNow } from './scheduling.ts'
import { undoChange } from './undoing-changes.ts'
import { versionsOf } from './versions.ts'

export const workingApi = api(working, {
  next: work(nextCase),
  skip: work(skipCase),
  undoChange: work(undoChange),
  sendNow: work((w, { id }) => sendNow(w, id)),
  draftVersions: read(async (reading, input) => ({ items: await versionsOf(reading, input) })),
  forward: work(forwardCase),
})
