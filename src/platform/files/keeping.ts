import { isPictureBomb } from '../../shared/picture-size.ts'
import { redactFile } from '../documents/redacting.ts'
import { safeFileName } from '../mail/attachments.ts'
import { Refusal } from '../refusal.ts'
import { redactText } from '../text/redact.ts'
import type { FileStore } from './store.ts'

export type Incoming = {
  name: string
  type: string
  content: Buffer
  contentId?: string | null
  inline?: boolean
  /** It has been looked through before; whether it could be read then. */
  unscanned?: boolean
}
export type Kept = {
  sha256: string
  size: number
  name: string
  type: string
  unscanned: boolean
  contentId: string | null
  inline: boolean
}

const maxBytes = 26_214_400
const unknownType = 'application/octet-stream'

/** Keeps a file's content with card numbers taken out of what can be read. Outside any transaction: it waits for a disk. */
export const keepFile = async (files: FileStore, file: Incoming): Promise<Kept> => {
  if (file.content.length > maxBytes)
    throw new Refusal('too_large', 'A file may have 25 MB at most.', [
      { field: 'file', message: 'is larger than 25 MB' },
    ])
  const name = redactText(safeFileName(file.name, file.type)).text.replaceAll('*', '_')
  const { unscanned } = file
  const redacted = unscanned === undefined ? await redactFile({ ...file, name }) : { ...file, name, unscanned }
  const stored = await files.keep(redacted.content)
  const type = redacted.type.toLowerCase().split(';')[0]?.trim() || unknownType
  return {
    ...stored,
    name: redacted.name,
    // What came in is kept, but no screen is told to draw it.
    type: isPictureBomb(file.content) ? unknownType : type,
    unscanned: redacted.unscanned,
    contentId: file.contentId ?? null,
    inline: file.inline ?? false,
  }
}

/** @throws Refusal `too_large` for a picture of more than 50 megapixels, told by its header */
export const refuseBomb = (content: Buffer): void => {
  if (isPictureBomb(content))
    throw new Refusal('too_large', 'A picture may have 50 megapixels at most. Make it smaller and try again.', [
      { field: 'file', message: 'has more than 50 megapixels' },
    ])
}
