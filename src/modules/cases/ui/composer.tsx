import { useRef, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { type Case, cases } from '../contract.ts'
import { ComposerBox } from './composer-box.tsx'
import {
  type Mode,
  type Spoken,
  spoken,
  useCautions,
  useMentions,
  useRemembered,
  useReplyChannel,
} from './composing.ts'
import { Conflict } from './conflict.tsx'
import { useDraft } from './draft.ts'
import { useMessages } from './keeping-up.ts'
import { useMet } from './met.ts'
import { type AfterStatus, useSend } from './send.tsx'
import { useUploads } from './uploads.ts'

type Props = {
  kase: Case
  mode: Mode
  asked: number
  setMode: (mode: Mode) => void
  setWriting: (writing: boolean) => void
}
const afters = ['waiting_customer', 'solved', 'open'] as const

/** Notes what the customer said; kept apart from drafts because nobody answers with it. */
const useHeard = (kase: Case) => {
  const t = useSay()
  const files = useUploads(kase.id, null)
  const [text, setText] = useState('')
  const [channel, setChannel] = useState<Spoken>(spoken.find(item => item === kase.channel) ?? 'phone')
  const act = useAct(cases.receive, { quiet: true, refresh: [cases.messages, cases.timeline, cases.get] })
  const send = () =>
    act.mutate(
      { id: kase.id, channel, text, attachmentIds: files.ids },
      {
        onSuccess: () => {
          setText('')
          files.clear()
          told(t('send.heard'))
        },
      },
    )
  return { text, setText, files, channel, setChannel, send, busy: act.isPending, problem: act.error }
}

/** Where one writes: a reply, a note, or what the customer said. Each keeps its own text while one changes between them. */
export const Composer = ({ kase, mode, asked, setMode, setWriting }: Props) => {
  const messages = useMessages(kase.id)
  const lastId = messages.items.at(-1)?.id ?? null
  const reply = useDraft(kase.id, 'reply')
  const note = useDraft(kase.id, 'note')
  const heard = useHeard(kase)
  const how = useReplyChannel(kase)
  const [after, setAfter] = useRemembered<AfterStatus>('rapport.after', afters, 'waiting_customer')
  const met = useMet(kase, how.channel === 'email')
  const draft = mode === 'note' ? note : reply
  const { text, files } = mode === 'heard' ? heard : draft
  const mentions = useMentions(text)
  const cautions = useCautions(mode, text, files.items.length)
  const warned = useRef('')
  const [cautioned, setCautioned] = useState(false)
  const sending = useSend(kase, () => {
    draft.clear()
    setCautioned(false)
    setWriting(false)
  })
  const submit = () => {
    if (text.trim() === '' || files.busy || sending.busy || heard.busy) return
    if (mode === 'heard') return heard.send()
    // The first press shows what looks wrong, the second sends it all the same.
    if (cautions.length > 0 && warned.current !== cautions.join()) {
      warned.current = cautions.join()
      return setCautioned(true)
    }
    draft.drop()
    sending.send({
      kind: mode,
      text,
      seen: draft.seen ?? lastId,
      after: mode === 'reply' ? after : null,
      attachmentIds: files.ids,
      channel: mode === 'reply' ? how.channel : null,
      mentionIds: mode === 'note' ? mentions.named.map(member => member.id) : [],
      met: met.check,
    })
  }
  const write = (next: string) => {
    setWriting(next !== '')
    if (mode === 'heard') heard.setText(next)
    else draft.write(next, lastId)
  }
  const behind = mode === 'reply' && draft.text !== '' && draft.seen !== null && lastId !== null && draft.seen < lastId
  return (
    <>
      <ComposerBox
        kase={kase}
        mode={mode}
        asked={asked}
        setMode={setMode}
        text={text}
        write={write}
        leave={() => {
          draft.flush()
        }}
        submit={submit}
        busy={sending.busy || heard.busy}
        problem={mode === 'heard' ? heard.problem : sending.problem}
        files={files}
        how={
          mode === 'heard'
            ? {
                channel: heard.channel,
                setChannel: channel => channel !== 'email' && heard.setChannel(channel),
                address: null,
                copied: [],
              }
            : how
        }
        after={after}
        setAfter={setAfter}
        met={mode === 'reply' && after === 'solved' ? met : null}
        cautions={cautioned ? cautions : []}
        mentions={mode === 'note' ? mentions : null}
        state={mode === 'heard' ? null : draft.state}
        others={draft.others}
        catchUp={behind ? () => draft.setSeen(lastId) : null}
      />
      {sending.conflict && (
        <Conflict
          arrived={sending.conflict.arrived}
          busy={sending.busy}
          sendAnyway={sending.sendAnyway}
          back={sending.back}
        />
      )}
    </>
  )
}
