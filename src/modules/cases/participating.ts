import type { Work } from '../../platform/work.ts'
import { recognise } from '../people/index.ts'

/** More than this many copies are a circular: its readers did not choose to take part. */
const mostCopies = 10

/**
 * Lets those who were copied in take part in a conversation: they get the answers too, and their own answers belong to
 * it. Whoever takes part already keeps their part.
 */
export const copyIn = async (
  work: Work,
  conversationId: number,
  copied: readonly { name: string; address: string }[],
): Promise<void> => {
  if (copied.length > mostCopies) return
  for (const { name, address } of copied) {
    const person = await recognise(work, { name: name || undefined, email: address }, 'email')
    await work.tx
      .insertInto('participants')
      .values({ conversation_id: conversationId, person_id: person.id, part: 'copied', address })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

/** Where somebody who takes part is written to in this conversation, by what they said themselves; it proves nothing. */
export const writeTo = async (work: Work, conversationId: number, personId: number, address: string): Promise<void> => {
  await work.tx
    .updateTable('participants')
    .set({ address })
    .where('conversation_id', '=', conversationId)
    .where('person_id', '=', personId)
    .execute()
}
