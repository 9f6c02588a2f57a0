import { api, read, work } from '../../platform/http/api.ts'
import { telephone } from './contract.ts'
import { reportCall } from './reporting.ts'
import { changeSettings, type Keys, settingsOf } from './settings.ts'
import { currentCalls, dismissCall, noteLogged } from './showing.ts'

export const telephoneApi = (keys: Keys) =>
  api(telephone, {
    report: work(reportCall),
    current: read(async reading => ({ items: await currentCalls(reading) })),
    dismiss: work((w, { id }) => dismissCall(w, id)),
    logged: work(noteLogged),
    settings: read(reading => settingsOf(reading, keys)),
    changeSettings: work((w, input) => changeSettings(w, keys, input)),
  })
