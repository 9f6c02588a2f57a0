import { api, type Edge, edge, read, work } from '../../platform/http/api.ts'
import { uploading } from '../../platform/http/uploaded.ts'
import { changePurchase, deliverPurchase } from './changing.ts'
import { purchaseImports, purchases } from './contract.ts'
import { allImports, importById, toldRows } from './import-queries.ts'
import { startUndoing } from './import-undoing.ts'
import { startWriting } from './import-writing.ts'
import { receiveFile, startImport } from './importing.ts'
import { allPurchases, purchaseById, purchasesByCode, purchasesOf } from './queries.ts'
import { recordPurchase } from './recording.ts'

const mostBytes = 209_715_200

const receive = async ({ kernel, actor, request }: Edge, { id }: { id: number }) =>
  receiveFile(kernel, actor, id, (await uploading(request, mostBytes)).content)

export const purchasesApi = [
  ...api(purchases, {
    byCode: read(purchasesByCode),
    list: read(allPurchases),
    get: read((reading, { id }) => purchaseById(reading, id)),
    record: work(recordPurchase),
    change: work(changePurchase),
    deliver: work(deliverPurchase),
    ofPerson: read(purchasesOf),
  }),
  ...api(purchaseImports, {
    imports: read(allImports),
    startImport: work(startImport),
    getImport: read((reading, { id }) => importById(reading, id)),
    importRows: read(toldRows),
    sendFile: edge(receive),
    write: work(startWriting),
    undo: work(startUndoing),
  }),
]
