import { api, read, work } from '../../platform/http/api.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/http/cursor.ts'
import { bulkById, bulksOf, itemsOf, previewBulk, startBulk, undoBulk } from './bulk-changing.ts'
import { bulk } from './contract-bulk.ts'
import { snooze } from './snoozing.ts'

export const bulkApi = api(bulk, {
  bulkPreview: read((reading, { selection }) => previewBulk(reading, selection)),
  bulkStart: work(startBulk),
  bulkList: read(async (reading, { limit, cursor }) => {
    const after = readCursor('bulk', cursor, 1)
    const rows = await bulksOf(reading, limit + 1, after ? Number(after[0]) : null)
    return pageOf(rows, limit, last => writeCursor('bulk', [last.id]))
  }),
  bulkGet: read((reading, { id }) => bulkById(reading, id)),
  bulkItems: read(async (reading, { id, limit, cursor }) => {
    const rows = await itemsOf(reading, id, limit + 1, readCursor('bulk items', cursor, 2))
    return pageOf(rows, limit, last => writeCursor('bulk items', [last.rank, last.caseId]))
  }),
  bulkUndo: work((w, { id }) => undoBulk(w, id)),
  snooze: work((w, input) => snooze(w, input)),
})
