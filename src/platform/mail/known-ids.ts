import { createHash } from 'node:crypto'
import { redactText } from '../text/redact.ts'
import { encodeBase32 } from './base32.ts'

/**
 * What a Message-ID is remembered by: itself, or where somebody's machine put a card number into it, another that says
 * nothing. The same id always gives the same, and two ids never do, so that answers find their thread.
 */
export const knownId = (messageId: string): string => {
  if (redactText(messageId).found.length === 0) return messageId
  return `<${encodeBase32(createHash('sha256').update(messageId).digest().subarray(0, 20))}@redacted.invalid>`
}
