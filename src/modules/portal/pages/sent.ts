import type { FastifyRequest } from 'fastify'
import type { FileStore } from '../../../platform/files/store.ts'
import { cleanInput } from '../../../platform/http/clean.ts'
import { type Kept, keepFile } from '../../cases/index.ts'
import type { Values } from './form.ts'

export type Sent = { values: Values; files: Kept[] }

const limits = { files: 5, fields: 12, parts: 20, fileSize: 10_485_760, fieldSize: 200_000 }

/** Files that are larger, or more, than the form allows; what was typed is not lost with them. */
export class TooBig extends Error {
  readonly values: Values
  constructor(values: Values) {
    super('too big')
    this.values = values
  }
}

/** What a form sent: text cleaned of what must not be stored, files kept, card numbers gone from both. */
export const sentBy = async (request: FastifyRequest, files: FileStore): Promise<Sent> => {
  if (!request.isMultipart()) return { values: cleanInput(request.body ?? {}) as Values, files: [] }
  const values: Record<string, string> = {}
  const kept: Kept[] = []
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') values[part.fieldname] = String(part.value)
      else {
        const content = await part.toBuffer()
        // Where the limit falls between two pieces the parser does not notice it by itself.
        if (part.file.truncated) throw new TooBig(cleanInput(values) as Values)
        // A browser sends one empty part where no file was chosen.
        if (content.length > 0) kept.push(await keepFile(files, { name: part.filename, type: part.mimetype, content }))
      }
    }
  } catch (error) {
    if (/^FST_(REQ_FILE_TOO_LARGE|FILES_LIMIT|PARTS_LIMIT|FIELDS_LIMIT)/.test((error as { code?: string }).code ?? ''))
      throw new TooBig(cleanInput(values) as Values)
    throw error
  }
  return { values: cleanInput(values) as Values, files: kept }
}
