import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Input } from '../../../shared/contract.ts'
import { call, keyOf, type Problem } from '../../../ui/call.ts'
import { useUndoable } from '../../../ui/commands/undoing.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { newKey } from '../../../ui/request.ts'
import { type Case, cases, type Message, type Status } from '../contract.ts'
import type { Addressing } from './addressing.ts'
import { useSecondsUntil } from './delivery.tsx'
import type { Form } from './form.ts'
import { patchLine, touch } from './lines.ts'
import { type Check, metOf } from './met.ts'
import { hold } from './outbox.ts'
import { useUndo } from './undo.ts'

export type AfterStatus = 'waiting_customer' | 'solved' | 'open'
export type Outgoing = Form & {
  kind: 'reply' | 'note'
  seen: number | null
  after: AfterStatus | null
  attachmentIds: number[]
  channel: string | null
  mentionIds: number[]
  /** With a reply that solves: how one knows whether the need was met. */
  met: Check
  /** Which conversation and who gets a copy, where that is not as usual. */
  addressed: Addressing['given']
  sendAt: Date | null
}

/** The toast after sending: counts down, and takes the reply back while it still can. */
const Sent = ({ message, caseId }: { message: Message; caseId: number }) => {
  const t = useSay()
  const seconds = useSecondsUntil(message.sendAt)
  const undo = useUndo(caseId)
  useUndoable(seconds > 0 ? () => undo.mutate({ id: message.id }) : null)
  if (seconds === 0) return t('send.done')
  return (
    <span className="rp-actions">
      <span className="rp-grow">{t('send.soon', { n: seconds })}</span>
      <Button
        size="compact-sm"
        variant="default"
        loading={undo.isPending}
        onClick={() => undo.mutate({ id: message.id })}
      >
        {t('action.undo')}
      </Button>
    </span>
  )
}

const announce = (message: Message, caseId: number, sentence: string) => {
  const leftMs = message.delivery === 'waiting' && message.sendAt ? Date.parse(message.sendAt) - Date.now() : 0
  if (leftMs > 500) told(<Sent message={message} caseId={caseId} />, `sent${caseId}`, leftMs + 1500)
  else told(sentence, `sent${caseId}`)
}

const arrivedIn = (problem: Problem): Message[] =>
  Array.isArray(problem.extra.messages) ? (problem.extra.messages as Message[]) : []

const inputOf = (kase: Case, outgoing: Outgoing): Input<typeof cases.write> => ({
  id: kase.id,
  kind: outgoing.kind,
  text: outgoing.text,
  ...(outgoing.html ? { html: outgoing.html } : {}),
  seenMessageId: outgoing.seen,
  attachmentIds: outgoing.attachmentIds,
  mentionIds: outgoing.mentionIds,
  ...outgoing.addressed,
  ...(outgoing.sendAt ? { sendAt: outgoing.sendAt.toISOString() } : {}),
  ...(outgoing.after ? { status: outgoing.after satisfies Status } : {}),
  ...(outgoing.after === 'solved' ? metOf(outgoing.met) : {}),
  ...(outgoing.channel && outgoing.channel !== 'email' ? { channel: outgoing.channel as Case['channel'] } : {}),
})

type Sending = { outgoing: Outgoing; key: string }

/**
 * Sends what was written. If somebody else answered meanwhile, holds it and hands back what arrived; without a network
 * it is kept and goes when there is one.
 */
export const useSend = (kase: Case, done: (outgoing: Outgoing) => void) => {
  const t = useSay()
  const client = useQueryClient()
  const me = useMe()
  const [conflict, setConflict] = useState<{ outgoing: Outgoing; arrived: Message[] } | null>(null)
  const act = useMutation<Message, Problem, Sending>({
    meta: { quiet: true },
    mutationFn: ({ outgoing, key }) => call(cases.write, inputOf(kase, outgoing), { key }),
    onSuccess: (message, { outgoing }) => {
      setConflict(null)
      patchLine(client, kase.id, {
        lastAt: message.at,
        unread: false,
        ...(outgoing.after ? { status: outgoing.after } : {}),
        ...(outgoing.kind === 'reply' ? { waitingSince: null } : {}),
      })
      for (const stale of [cases.messages, cases.timeline, cases.counts])
        void client.invalidateQueries({ queryKey: keyOf(stale) })
      void client.invalidateQueries({ queryKey: keyOf(cases.get, { id: kase.id }) })
      const asked = outgoing.after === 'solved' && outgoing.met === 'ask'
      if (outgoing.sendAt) told(t('schedule.done', { when: atTime(outgoing.sendAt) }), `sent${kase.id}`)
      else announce(message, kase.id, t(outgoing.kind === 'note' ? 'send.noted' : asked ? 'send.asked' : 'send.done'))
      done(outgoing)
    },
    onError: (problem, { outgoing, key }) => {
      const arrived = arrivedIn(problem)
      if (problem.status === 409 && arrived.length > 0) {
        setConflict({ outgoing, arrived })
        for (const stale of [cases.messages, cases.timeline]) void client.invalidateQueries({ queryKey: keyOf(stale) })
      }
      if (problem.status !== 0) return
      hold({ key, staffId: me.id, caseId: kase.id, input: inputOf(kase, outgoing), at: new Date().toISOString() })
      done(outgoing)
    },
  })
  const send = (outgoing: Outgoing) => {
    touch(kase.id)
    act.mutate({ outgoing, key: newKey() })
  }
  const sendAnyway = () => {
    if (!conflict) return
    const newest = conflict.arrived.reduce((id, message) => Math.max(id, message.id), conflict.outgoing.seen ?? 0)
    send({ ...conflict.outgoing, seen: newest || null })
  }
  const shown = conflict !== null || act.error?.status === 0
  const problem = shown ? null : act.error
  return { send, busy: act.isPending, problem, conflict, sendAnyway, back: () => setConflict(null) }
}
