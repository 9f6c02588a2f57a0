import { noteFile } from '../../platform/files/noting.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import { safeFileName } from '../../platform/mail/attachments.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { notFound, Refusal, refuseField } from '../../platform/refusal.ts'
import type { Reading, Work } from '../../platform/work.ts'
import { done } from '../../shared/contract.ts'
import { isPictureBomb } from '../../shared/picture-size.ts'

type Uploaded = { name: string; content: Buffer }
const most = 20

/** What a picture is by how it begins, whatever it is called. */
const typeOf = (content: Buffer): string | null => {
  const starts = (hex: string) => content.subarray(0, hex.length / 2).toString('hex') === hex
  if (starts('89504e470d0a1a0a')) return 'image/png'
  if (starts('ffd8ff')) return 'image/jpeg'
  if (starts('474946383761') || starts('474946383961')) return 'image/gif'
  const webp = content.toString('latin1', 0, 4) === 'RIFF' && content.toString('latin1', 8, 12) === 'WEBP'
  return webp ? 'image/webp' : null
}

const pictureColumns = ['id', 'name', 'alt'] as const
const shown = (row: { id: number; name: string; alt: string }) => ({ ...row, url: `/api/product-pictures/${row.id}` })

const insert = async (
  work: Work,
  productId: number,
  file: { name: string; type: string; sha256: string; size: number },
) => {
  const product = await work.tx
    .selectFrom('products')
    .select([
      'name',
      eb =>
        eb
          .selectFrom('product_pictures')
          .whereRef('product_id', '=', 'products.id')
          .select(({ fn }) => fn.countAll().as('n'))
          .as('count'),
    ])
    .where('id', '=', productId)
    .forUpdate()
    .executeTakeFirst()
  if (!product) return notFound('product')
  if (Number(product.count) >= most) refuseField('file', `A product may have ${most} pictures`)
  await noteFile(work, file)
  const row = await work.tx
    .insertInto('product_pictures')
    .values({ product_id: productId, ...file, created_at: work.now })
    .returning([...pictureColumns])
    .executeTakeFirstOrThrow()
  work.record({
    type: 'product.picture_added',
    subject: { kind: 'product', id: productId },
    data: { name: product.name },
  })
  return shown(row)
}

/** Keeps a picture of a product. @throws Refusal naming `file` when it is none, `too_large` for more than 50 megapixels */
export const addPicture = async (
  kernel: Kernel,
  files: FileStore,
  actor: Actor,
  id: number,
  given: Uploaded,
  cause: string,
) => {
  const type = typeOf(given.content) ?? refuseField('file', 'This is no picture. Send a PNG, JPEG, GIF or WebP.')
  if (isPictureBomb(given.content))
    throw new Refusal('too_large', 'A picture may have 50 megapixels at most. Make it smaller and try again.', [
      { field: 'file', message: 'has more than 50 megapixels' },
    ])
  const stored = await files.keep(given.content)
  return kernel.work(actor, work => insert(work, id, { name: safeFileName(given.name, type), type, ...stored }), cause)
}

export const changePicture = async (work: Work, input: { id: number; pictureId: number; alt: string }) => {
  const row = await work.tx
    .updateTable('product_pictures')
    .set({ alt: input.alt })
    .where('id', '=', input.pictureId)
    .where('product_id', '=', input.id)
    .returning([...pictureColumns])
    .executeTakeFirst()
  if (!row) return notFound('picture')
  work.record({ type: 'product.picture_changed', subject: { kind: 'product', id: input.id } })
  return shown(row)
}

export const removePicture = async (work: Work, input: { id: number; pictureId: number }) => {
  const gone = await work.tx
    .deleteFrom('product_pictures')
    .where('id', '=', input.pictureId)
    .where('product_id', '=', input.id)
    .returning('id')
    .executeTakeFirst()
  if (!gone) return notFound('picture')
  work.record({ type: 'product.picture_removed', subject: { kind: 'product', id: input.id } })
  return done
}

export const pictureById = async ({ db }: Reading, id: number) =>
  (await db
    .selectFrom('product_pictures')
    .select(['sha256', 'name', 'type', 'size'])
    .where('id', '=', id)
    .executeTakeFirst()) ?? notFound('picture')
