import * as z from 'zod'
import { Done, Id, operation, page, paging } from '../../shared/contract.ts'
import {
  Availability,
  Day,
  productFields as fields,
  GivenState,
  Picture,
  Product,
  ProductKind,
  ProductLine,
  stockStates,
} from './contract-shapes.ts'

export { families } from './contract-families.ts'
export { ImportMode, ImportReport } from './contract-importing.ts'
export {
  type Alternative,
  type Found,
  matching,
  Want,
} from './contract-matching.ts'
export {
  type Attribute,
  type AttributeValue,
  attributeTypes,
  type Family,
  type Fault,
  type Place,
  type Press,
  type Product,
  type ProductLine,
  productKinds,
  type StockState,
  stockStates,
} from './contract-shapes.ts'

const optional = {
  familyId: fields.familyId.optional(),
  kind: fields.kind.optional(),
  barcode: fields.barcode.optional(),
  description: fields.description.optional(),
  attributes: fields.attributes.optional(),
  quality: fields.quality.optional(),
  priceMinor: fields.priceMinor.optional(),
  currency: fields.currency.optional(),
  packaging: fields.packaging.optional(),
  guarantee: fields.guarantee.optional(),
  warnings: fields.warnings.optional(),
  safety: fields.safety.optional(),
  url: fields.url.optional(),
  faults: fields.faults.optional(),
  press: fields.press.optional(),
  alternatives: fields.alternatives.optional(),
}

export const catalogue = {
  list: operation({
    method: 'GET',
    path: '/api/products',
    permission: 'catalogue.read',
    summary: 'Products and services by words, number or barcode, family and what is available where; by name',
    input: z.object({
      ...paging,
      q: z.string().max(200).optional(),
      familyId: Id.optional(),
      kind: ProductKind.optional(),
      placeId: Id.optional(),
      /** `available` is in stock or low; `unknown`: nobody has said. At the place, or anywhere. */
      availability: z.enum(['available', ...stockStates, 'unknown']).optional(),
      discontinued: z.enum(['yes', 'no']).optional(),
    }),
    output: page(ProductLine),
  }),
  get: operation({
    method: 'GET',
    path: '/api/products/:id',
    permission: 'catalogue.read',
    summary: 'Everything that is known of a product or service',
    input: z.object({ id: Id }),
    output: Product,
  }),
  add: operation({
    method: 'POST',
    path: '/api/products',
    permission: 'catalogue.edit',
    summary: 'Add a product or service; its features are those its family declares',
    input: z.object({ ...optional, kind: fields.kind.default('product'), name: fields.name, number: fields.number }),
    output: Product,
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/api/products/:id',
    permission: 'catalogue.edit',
    summary: 'Change a product or service; lists such as known faults are replaced as a whole',
    input: z.object({
      id: Id,
      ...optional,
      name: fields.name.optional(),
      number: fields.number.optional(),
      discontinued: fields.discontinued.optional(),
      version: z.number().int().optional(),
    }),
    output: Product,
  }),
  setAvailability: operation({
    method: 'PUT',
    path: '/api/products/:id/availability/:placeId',
    permission: 'catalogue.stock',
    summary: 'Say whether a place has it, and when it is expected; `state: null` says that nobody knows',
    input: z.object({
      id: Id,
      placeId: Id,
      state: GivenState.nullable(),
      expectedOn: Day.nullable().default(null),
    }),
    output: z.object({ items: z.array(Availability) }),
  }),
  addPicture: operation({
    method: 'POST',
    path: '/api/products/:id/pictures',
    permission: 'catalogue.edit',
    summary: 'Upload a picture (multipart field "file"): PNG, JPEG, GIF or WebP',
    input: z.object({ id: Id }),
    output: Picture,
    status: 201,
    bodyLimit: 26_214_400,
  }),
  changePicture: operation({
    method: 'PATCH',
    path: '/api/products/:id/pictures/:pictureId',
    permission: 'catalogue.edit',
    summary: 'Say in words what a picture shows',
    input: z.object({ id: Id, pictureId: Id, alt: z.string().trim().max(300) }),
    output: Picture,
  }),
  removePicture: operation({
    method: 'DELETE',
    path: '/api/products/:id/pictures/:pictureId',
    permission: 'catalogue.edit',
    summary: 'Remove a picture',
    input: z.object({ id: Id, pictureId: Id }),
    output: Done,
  }),
  picture: operation({
    method: 'GET',
    path: '/api/product-pictures/:id',
    permission: 'catalogue.read',
    summary: 'A picture of a product',
    input: z.object({ id: Id }),
    output: z.unknown(),
  }),
}
