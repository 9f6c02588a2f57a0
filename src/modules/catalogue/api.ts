import { sendFile } from '../../platform/files/sending.ts'
import type { Edge } from '../../platform/http/api.ts'
import { api as bind, edge, read, work } from '../../platform/http/api.ts'
import { uploaded } from '../../platform/http/uploaded.ts'
import type { Surroundings } from '../../platform/module.ts'
import { readSheet, type Sheet } from '../../platform/text/csv.ts'
import type { Work } from '../../platform/work.ts'
import { alternativesOf } from './alternatives.ts'
import { catalogue } from './contract.ts'
import { families } from './contract-families.ts'
import { type ImportMode, importing, mostRows } from './contract-importing.ts'
import { matching } from './contract-matching.ts'
import { addFamily, allFamilies, changeFamily } from './families.ts'
import { matchProducts } from './matching.ts'
import { addPicture, changePicture, pictureById, removePicture } from './pictures.ts'
import { addPlace, allPlaces, changePlace } from './places.ts'
import { importProducts } from './product-importing.ts'
import { listProducts, productByCode, productById } from './queries.ts'
import { addProduct, changeProduct } from './registering.ts'
import { importStock, saveStock } from './stock-importing.ts'
import { setAvailability } from './stocking.ts'

/** Reads the sheet that was sent, outside any transaction, and brings it in within one. */
const fromSheet =
  <T>(bring: (w: Work, sheet: Sheet, mode: ImportMode) => Promise<T>) =>
  async ({ kernel, actor, request }: Edge, { mode }: { mode: ImportMode }): Promise<T> => {
    const sheet = readSheet((await uploaded(request)).content, mostRows)
    return kernel.work(actor, w => bring(w, sheet, mode), request.id)
  }

export const catalogueApi = ({ files }: Pick<Surroundings, 'files'>) => [
  // Before the address of one product, since `by-code` is no number.
  ...bind(matching, {
    byNumber: read((reading, { code }) => productByCode(reading, code)),
    match: read(matchProducts),
    alternatives: read(alternativesOf),
  }),
  ...bind(catalogue, {
    list: read(listProducts),
    get: read((reading, { id }) => productById(reading, id)),
    add: work(addProduct),
    change: work(changeProduct),
    setAvailability: work(setAvailability),
    addPicture: edge(async ({ kernel, actor, request }, { id }) =>
      addPicture(kernel, files, actor, id, await uploaded(request), request.id),
    ),
    changePicture: work(changePicture),
    removePicture: work(removePicture),
    picture: edge(async ({ kernel, actor, reply }, { id }) => {
      const file = await kernel.read(actor, reading => pictureById(reading, id))
      return sendFile(reply, file, files.open(file.sha256))
    }),
  }),
  ...bind(families, {
    families: read(async reading => ({ items: await allFamilies(reading) })),
    addFamily: work(addFamily),
    changeFamily: work(changeFamily),
    places: read(async reading => ({ items: await allPlaces(reading) })),
    addPlace: work(addPlace),
    changePlace: work(changePlace),
  }),
  ...bind(importing, {
    importProducts: edge(fromSheet(importProducts)),
    importAvailability: edge(fromSheet(importStock)),
    saveAvailability: work(saveStock),
  }),
]
