import { api, read, work } from '../../platform/http/api.ts'
import type { Parts } from '../../platform/rules/parts.ts'
import { macros } from './contract-macros.ts'
import { addMacro, applyMacro, changeMacro, macrosFor, macrosOf, removeMacro } from './macros.ts'

export const macrosApi = (parts: () => Parts) =>
  api(macros, {
    macroList: read(async reading => ({ items: await macrosOf(reading) })),
    addMacro: work(addMacro(parts)),
    changeMacro: work(changeMacro(parts)),
    removeMacro: work((w, { id }) => removeMacro(w, id)),
    macrosFor: read(async (reading, { id }) => ({ items: await macrosFor(reading, id) })),
    applyMacro: work(applyMacro(parts)),
  })
