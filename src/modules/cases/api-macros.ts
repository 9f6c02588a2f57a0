import { api, read, work } from '../../platform/http/api.ts'
import { macros } from './contract-macros.ts'
import { addMacro, applyMacro, changeMacro, macrosFor, macrosOf, removeMacro } from './macros.ts'

export const macrosApi = api(macros, {
  macroList: read(async reading => ({ items: await macrosOf(reading) })),
  addMacro: work(addMacro),
  changeMacro: work(changeMacro),
  removeMacro: work((w, { id }) => removeMacro(w, id)),
  macrosFor: read(async (reading, { id }) => ({ items: await macrosFor(reading, id) })),
  applyMacro: work(applyMacro),
})
