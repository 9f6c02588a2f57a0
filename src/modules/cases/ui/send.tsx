import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { keyOf, type Problem, useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases, type Message, type Status } from '../contract.ts'
import { useSecondsUntil } from './delivery.tsx'
import { patchLine, touch } from './lines.ts'
import { type Check, metOf } from './met.ts'
import { useUndo } from './undo.ts'

export type AfterStatus = 'waiting_customer' | 'solved' | 'open'
export type Outgoing = {
  kind: 'reply' | 'note'
  text: string
  seen: number | null
  after: AfterStatus | null
  attachmentIds: number[]
  channel: string | null
  mentionIds: number[]
  /** With a reply that solves: how one knows whether the need was met. */
  met: Check
}

/** The toast after sending: counts down, and takes the reply back while it still can. */
const Sent = ({ message, caseId }: { message: Message; caseId: number }) => {
  const t = useSay()
  const seconds = useSecondsUntil(message.sendAt)
  const undo = useUndo(caseId)
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

/** Sends what was written. If somebody else answered meanwhile, holds it and hands back what arrived. */
export const useSend = (kase: Case, done: () => void) => {
  const t = useSay()
  const client = useQueryClient()
  const [conflict, setConflict] = useState<{ outgoing: Outgoing; arrived: Message[] } | null>(null)
  const act = useAct(cases.write, { quiet: true, refresh: [cases.messages, cases.timeline, cases.counts] })
  const send = (outgoing: Outgoing) => {
    touch(kase.id)
    act.mutate(
      {
        id: kase.id,
        kind: outgoing.kind,
        text: outgoing.text,
        seenMessageId: outgoing.seen,
        attachmentIds: outgoing.attachmentIds,
        mentionIds: outgoing.mentionIds,
        ...(outgoing.after ? { status: outgoing.after satisfies Status } : {}),
        ...(outgoing.after === 'solved' ? metOf(outgoing.met) : {}),
        ...(outgoing.channel && outgoing.channel !== 'email' ? { channel: outgoing.channel as Case['channel'] } : {}),
      },
      {
        onSuccess: message => {
          setConflict(null)
          patchLine(client, kase.id, {
            lastAt: message.at,
            unread: false,
            ...(outgoing.after ? { status: outgoing.after } : {}),
            ...(outgoing.kind === 'reply' ? { waitingSince: null } : {}),
          })
          void client.invalidateQueries({ queryKey: keyOf(cases.get, { id: kase.id }) })
          const asked = outgoing.after === 'solved' && outgoing.met === 'ask'
          announce(message, kase.id, t(outgoing.kind === 'note' ? 'send.noted' : asked ? 'send.asked' : 'send.done'))
          done()
        },
        onError: problem => {
          if (problem.status !== 409) return
          setConflict({ outgoing, arrived: arrivedIn(problem) })
          void client.invalidateQueries({ queryKey: keyOf(cases.messages) })
        },
      },
    )
  }
  const sendAnyway = () => {
    if (!conflict) return
    const newest = conflict.arrived.reduce((id, message) => Math.max(id, message.id), conflict.outgoing.seen ?? 0)
    send({ ...conflict.outgoing, seen: newest || null })
  }
  const problem = act.error && act.error.status !== 409 ? act.error : null
  return { send, busy: act.isPending, problem, conflict, sendAnyway, back: () => setConflict(null) }
}
