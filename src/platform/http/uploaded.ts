import type { FastifyRequest } from 'fastify'
import { refuseField } from '../refusal.ts'

/** The one file of an upload. @throws Refusal naming `file` where there is none */
export const uploaded = async (request: FastifyRequest): Promise<{ name: string; type: string; content: Buffer }> => {
  const file = request.isMultipart() ? await request.file() : undefined
  if (!file) return refuseField('file', 'Send one file as multipart/form-data in the field "file"')
  return { name: file.filename, type: file.mimetype, content: await file.toBuffer() }
}
