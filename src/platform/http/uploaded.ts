import type { FastifyRequest } from 'fastify'
import { Refusal, refuseField } from '../refusal.ts'

const tooLarge = (): never => {
  throw new Refusal('too_large', 'A file may have 25 MB at most.', [{ field: 'file', message: 'is larger than 25 MB' }])
}

/** The one file of an upload. @throws Refusal naming `file` where there is none, `too_large` for more than 25 MB */
export const uploaded = async (request: FastifyRequest): Promise<{ name: string; type: string; content: Buffer }> => {
  const file = request.isMultipart() ? await request.file() : undefined
  if (!file) return refuseField('file', 'Send one file as multipart/form-data in the field "file"')
  const content = await file.toBuffer().catch(error => {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge()
    throw error
  })
  // The parser does not notice it by itself where the limit falls between two pieces: the file would be cut off unseen.
  if (file.file.truncated) return tooLarge()
  return { name: file.filename, type: file.mimetype, content }
}

/**
 * The one file of an upload that is too long to be held, to be read as it comes in.
 * @throws Refusal naming `file` where there is none; reading it throws `too_large` beyond the limit
 */
export const uploading = async (
  request: FastifyRequest,
  mostBytes: number,
): Promise<{ name: string; content: AsyncIterable<Buffer> }> => {
  const file = request.isMultipart() ? await request.file({ limits: { fileSize: mostBytes } }) : undefined
  if (!file) return refuseField('file', 'Send one file as multipart/form-data in the field "file"')
  const content = async function* () {
    for await (const piece of file.file) yield piece as Buffer
    if (file.file.truncated) {
      const most = `${Math.floor(mostBytes / 1024 ** 2)} MB`
      throw new Refusal('too_large', `This file may have ${most} at most.`, [
        { field: 'file', message: `is larger than ${most}` },
      ])
    }
  }
  return { name: file.filename, content: content() }
}
