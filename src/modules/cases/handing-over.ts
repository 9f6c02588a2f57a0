import type { Work } from '../../platform/work.ts'
import { changeCase } from './changing.ts'
import { write } from './writing.ts'

/**
 * Gives a case away with a note that says where it stands: the next one begins with it. A colleague it goes to is
 * mentioned, so that they are told and may see it. At the end of a shift not every case needs a note.
 * @throws Refusal as changing and writing do, naming the field
 */
export const handOver = async (
  work: Work,
  input: { id: number; assigneeId?: number | undefined; teamId?: number | undefined; note: string },
): Promise<{ id: number; undo: number }> => {
  const { id, assigneeId, teamId, note } = input
  const mentionIds = assigneeId ? [assigneeId] : []
  const message = note ? await write(work, { id, kind: 'note', text: note, attachmentIds: [], mentionIds }) : null
  // Somebody else handles it from now on: a team without a name takes it as nobody's yet.
  const { version } = await changeCase(work, {
    id,
    ...(teamId === undefined ? {} : { teamId }),
    assigneeId: assigneeId ?? null,
  })
  work.record({
    type: 'case.handed_over',
    subject: { kind: 'case', id },
    data: message ? { messageId: message.id } : {},
  })
  return { id, undo: version }
}
