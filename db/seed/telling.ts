import {
  changeCase,
  insertAttachment,
  keepFile,
  noteDelivery,
  noteSeen,
  openCase,
  receive,
  write,
} from '../../src/modules/cases/index.ts'
import { markUndeliverable } from '../../src/modules/people/index.ts'
import { planCases } from '../../src/modules/service-levels/index.ts'
import type { FileStore } from '../../src/platform/files/store.ts'
import type { Kernel } from '../../src/platform/kernel.ts'
import { system } from '../../src/platform/permissions/actor.ts'
import type { Happening, Work } from '../../src/platform/work.ts'
import type { Cast } from './cast.ts'
import { type CastStep, type CastStory, loggedByUs } from './casting.ts'
import { paperOf } from './papers.ts'
import type { Person } from './people.ts'
import { type TeamKey, zone } from './teams.ts'

/** A case while its story is told. */
export type Told = { story: CastStory; person: Person; caseId: number; lastReplyId: number }
export type Stage = { kernel: Kernel; files: FileStore; cast: Cast; now: Date }

const dayOf = (date: Date) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(date)

const fieldsOf = ({ order, room, delivery }: Record<string, string>, now: Date) => ({
  ...(order ? { order_number: order } : {}),
  ...(room ? { room: room.replaceAll('_', ' ') } : {}),
  ...(delivery ? { delivery_date: dayOf(new Date(now.getTime() + Number(delivery) * 86_400_000)) } : {}),
})

/** Opens the case: whoever took the call or letter logs it; mail and forms come in by themselves. */
export const begin = async ({ kernel, files, cast, now }: Stage, told: Told, at: Date): Promise<void> => {
  const { team, subject, kind, channel, by, about, text } = told.story
  const actor = loggedByUs.has(channel) ? cast.actor(by) : system
  const input = {
    subject,
    kind,
    channel,
    stage: about.stage ?? null,
    topicId: about.topic ? cast.topicId(about.topic) : null,
    severity: Number(about.severity ?? 2),
    requester: { personId: told.person.id },
    verified: channel === 'email',
    message: { text },
    mailboxId: channel === 'email' ? cast.mailboxId(team) : null,
    teamId: cast.teamId(team),
    assigneeId: about.assignee ? cast.staffId(about.assignee) : null,
    confidential: about.confidential === 'yes',
    tags: about.tags?.split(',') ?? [],
    custom: fieldsOf(about, now),
    solved: about.solved === 'yes',
  }
  const kept = about.file ? await keepFile(files, await paperOf(about.file, at)) : null
  await kernel.work(
    actor,
    async work => {
      const { id, messageId } = await openCase(work, input)
      if (kept) await insertAttachment(work, kept, id, messageId)
      told.caseId = id
      await planCases(work, [id])
    },
    'sample',
    at,
  )
}

/** A reply of the past went out long ago: without a time to send at, nobody sends it again. */
const withoutSending = ({ data, ...happening }: Happening): Happening => {
  const { sendAt: _, ...rest } = data ?? {}
  return { ...happening, data: rest }
}

const speak = async (work: Work, cast: Cast, told: Told, step: CastStep): Promise<void> => {
  const quiet = { ...work, record: (happening: Happening) => work.record(withoutSending(happening)) }
  const { id, delivery } = await write(quiet, {
    id: told.caseId,
    kind: step.act === 'note' ? 'note' : 'reply',
    text: step.text,
    status: step.about.status,
    channel: step.about.channel,
    attachmentIds: [],
    mentionIds: step.mentions.map(cast.staffId),
  })
  if (delivery === 'waiting') await noteDelivery(work, id, 'sent')
  if (step.act === 'reply') told.lastReplyId = id
  await noteSeen(work, { id: told.caseId, messageId: id })
}

const changed = async (work: Work, cast: Cast, told: Told, { about }: CastStep): Promise<void> => {
  await changeCase(work, {
    id: told.caseId,
    status: about.status,
    needMet: about.needMet,
    kind: about.kind,
    severity: about.severity ? Number(about.severity) : undefined,
    teamId: about.team ? cast.teamId(about.team as TeamKey) : undefined,
    assigneeId: about.assignee ? cast.staffId(about.assignee) : undefined,
    confidential: about.confidential ? about.confidential === 'yes' : undefined,
    tags: about.tags?.split(','),
  })
}

/** The answer came back: the address is marked, as the mail intake does it. */
const bounced = async (work: Work, told: Told, step: CastStep): Promise<void> => {
  const { address = '' } = step.about
  await noteDelivery(work, told.lastReplyId, 'bounced', { address, reason: step.text })
  await markUndeliverable(work, address, step.text)
}

/** Lets one thing happen in a case. */
export const goOn = async ({ kernel, cast }: Stage, told: Told, step: CastStep, at: Date): Promise<void> => {
  if (step.act === 'bounce') return kernel.work(system, work => bounced(work, told, step), 'sample', at)
  if (step.who === 'customer') {
    const channel = step.about.channel ?? told.story.channel
    const actor = loggedByUs.has(channel) ? cast.actor(step.about.by ?? told.story.by) : system
    const said = { channel, text: step.text, personId: told.person.id }
    await kernel.work(
      actor,
      work => receive(work, told.caseId, said).then(() => planCases(work, [told.caseId])),
      'sample',
      at,
    )
    return
  }
  const act = step.act === 'set' ? changed : speak
  const done = (work: Work) => act(work, cast, told, step).then(() => planCases(work, [told.caseId]))
  await kernel.work(cast.actor(step.who), done, 'sample', at)
}
