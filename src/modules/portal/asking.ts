import { Refusal, refuseField } from '../../platform/refusal.ts'
import type { Work } from '../../platform/work.ts'
import { insertAttachment, type Kept, openCase } from '../cases/index.ts'
import type { Visitor } from './visiting.ts'

export type Asked = {
  name: string
  email: string
  kind: string
  subject: string
  text: string
  files?: readonly Kept[]
}

/**
 * Somebody writes through the public form.
 * @param visitor who they are, where they have shown it; else the address is taken as it was typed and not verified
 * @throws Refusal `forbidden` while the form is closed, `invalid` naming the field
 */
export const ask = async (work: Work, input: Asked, visitor: Visitor | null) => {
  const settings = await work.tx.selectFrom('portal_settings').selectAll().executeTakeFirstOrThrow()
  if (!settings.open) throw new Refusal('forbidden', 'The form is closed at the moment. Please write by e-mail.')
  if (!settings.kinds.includes(input.kind)) refuseField('kind', 'Choose one of the kinds offered')
  const made = await openCase(work, {
    subject: input.subject,
    kind: input.kind,
    channel: visitor ? 'portal' : 'web_form',
    requester: visitor ? { personId: visitor.personId } : { name: input.name, email: input.email },
    message: { text: input.text, author: input.name },
    teamId: settings.team_id,
  })
  for (const kept of input.files ?? []) await insertAttachment(work, kept, made.id, made.messageId)
  return { id: made.id, number: made.number }
}

/** A member of staff asks something of another department. */
export const raise = async (
  work: Work,
  input: { teamId: number | null; kind: string; subject: string; text: string },
  visitor: Visitor,
) => {
  const made = await openCase(work, {
    subject: input.subject,
    kind: input.kind,
    channel: 'portal',
    requester: { personId: visitor.personId },
    message: { text: input.text },
    teamId: input.teamId,
  })
  return { id: made.id, messageId: made.messageId }
}
