import { api, type Edge, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import { readSheet } from '../../platform/text/csv.ts'
import type { ImportMode } from '../catalogue/contract.ts'
import { deliveries, mostRows } from './contract.ts'
import { allDeliveries, speedOf } from './queries.ts'
import { importDeliveries, saveDeliveries } from './saving.ts'

/** Reads the sheet that was sent, outside any transaction, and brings it in within one. */
const fromSheet = async ({ kernel, actor, request }: Edge, { mode }: { mode: ImportMode }) => {
  const sheet = readSheet((await uploaded(request)).content, mostRows)
  return kernel.work(actor, w => importDeliveries(w, sheet, mode), request.id)
}

export const deliveriesApi = api(deliveries, {
  deliveries: read(allDeliveries),
  speed: read((reading, { days }) => speedOf(reading, days)),
  saveDeliveries: work(saveDeliveries),
  importDeliveries: edge(fromSheet),
})
