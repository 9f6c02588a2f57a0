import type { FastifyRequest } from 'fastify'
import PDFDocument from 'pdfkit'
import { isPlainPicture } from '../../platform/files/plain-picture.ts'
import type { FileStore } from '../../platform/files/store.ts'
import type { Kernel } from '../../platform/kernel.ts'
import type { Actor } from '../../platform/permissions/actor.ts'
import { Refusal, refuseField } from '../../platform/refusal.ts'
import { isPictureBomb, pictureSize } from '../../shared/picture-size.ts'
import { attach } from './attaching.ts'

const mostPages = 40
const mostBytesPerPage = 12_582_912
const mostBytes = 24_000_000

const refusePage = (index: number, sentence: string): never => refuseField(`pages[${index}]`, sentence)

/** @throws Refusal naming the page that is no picture we take, or one that would burst when it is opened */
const assertPage = (content: Buffer, index: number): void => {
  const plain = isPlainPicture(content)
  const size = pictureSize(content)
  if (plain === null || !size || size.width * size.height === 0) refusePage(index, 'This is not a PNG or JPEG picture')
  if (isPictureBomb(content)) refusePage(index, 'This picture has more than 50 megapixels')
  // Such a picture would be unpacked in memory, and what is wrong in it would be found where nobody can catch it.
  if (!plain) refusePage(index, 'This picture has transparency or is interlaced: save it as a JPEG')
}

const a4 = { short: 595.28, long: 841.89 }

/**
 * Pages as one tagged PDF (PDF/UA): each page as large as A4 allows, lying where the picture lies, and named for those
 * who cannot see it.
 */
export const letterPdf = async (pages: readonly Buffer[], at: Date): Promise<Buffer> => {
  const doc = new PDFDocument({
    autoFirstPage: false,
    // No text is written, so no font is loaded.
    font: '',
    tagged: true,
    // @ts-expect-error the types of 0.17 do not know this subset, which 0.20 writes
    subset: 'PDF/UA',
    pdfVersion: '1.7',
    lang: 'en-GB',
    displayTitle: true,
    info: {
      Title: `Letter of ${pages.length === 1 ? 'one page' : `${pages.length} pages`}`,
      Creator: 'Rapport',
      CreationDate: at,
    },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const finished = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject))
  const root = doc.struct('Document')
  doc.addStructure(root)
  for (const [index, page] of pages.entries()) {
    const { width, height } = pictureSize(page) ?? { width: 1, height: 1 }
    const size: [number, number] = width > height ? [a4.long, a4.short] : [a4.short, a4.long]
    doc.addPage({ size, margin: 0 })
    const alt = `Page ${index + 1} of ${pages.length}, as a picture`
    root.add(
      doc.struct('Figure', { alt }, () => void doc.image(page, 0, 0, { fit: size, align: 'center', valign: 'center' })),
    )
  }
  root.end()
  doc.end()
  await finished
  return Buffer.concat(chunks)
}

const tooBig = (): never => {
  throw new Refusal('too_large', `A letter may have ${mostPages} pages and 24 MB at most.`, [
    { field: 'pages', message: 'is too much for one letter' },
  ])
}

const pagesOf = async (request: FastifyRequest): Promise<Buffer[]> => {
  if (!request.isMultipart()) return refuseField('pages', 'Send the pages as multipart/form-data, in their order')
  const pages: Buffer[] = []
  const limits = { files: mostPages, fields: 0, parts: mostPages, fileSize: mostBytesPerPage }
  try {
    for await (const part of request.files({ limits })) pages.push(await part.toBuffer())
  } catch (error) {
    if (/^FST_(REQ_FILE_TOO_LARGE|FILES_LIMIT|PARTS_LIMIT|FIELDS_LIMIT)/.test((error as { code?: string }).code ?? ''))
      return tooBig()
    throw error
  }
  if (pages.length === 0) refuseField('pages', 'A letter has at least one page')
  if (pages.reduce((sum, page) => sum + page.length, 0) > mostBytes) tooBig()
  for (const [index, page] of pages.entries()) assertPage(page, index)
  return pages
}

/** A picture may be broken although its header is sound. */
const made = (pages: readonly Buffer[], at: Date): Promise<Buffer> =>
  letterPdf(pages, at).catch(() => refuseField('pages', 'One of these pictures cannot be read'))

/**
 * Makes one document of scanned or photographed pages and keeps it for a case that is about to be opened.
 * @throws Refusal naming the page that is not right
 */
export const attachLetter = async (kernel: Kernel, files: FileStore, actor: Actor, request: FastifyRequest) => {
  const pages = await pagesOf(request)
  const now = await kernel.read(actor, async reading => reading.now)
  const content = await made(pages, now)
  const name = `letter-${now.toISOString().slice(0, 10)}.pdf`
  return attach(kernel, files, actor, { name, type: 'application/pdf', content }, { caseId: null }, request.id)
}
