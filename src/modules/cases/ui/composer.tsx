import { useRef, useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { useMe } from '../../../ui/me.ts'
import { type Case, cases } from '../contract.ts'
import { useAddressing } from './addressing.ts'
import { useCautions } from './cautions.ts'
import { ComposerBox } from './composer-box.tsx'
import { type Mode, type Spoken, spoken, useMentions, useRemembered, useReplyChannel } from './composing.ts'
import { Conflict } from './conflict.tsx'
import { useDraft } from './draft.ts'
import { type Form, joinedForm } from './form.ts'
import { useInserted } from './inserting.ts'
import { useMessages } from './keeping-up.ts'
import { toCase } from './leaving.ts'
import { useMet } from './met.ts'
import { journal, leftHere } from './saving.ts'
import { type AfterStatus, useSend } from './send.tsx'
import type { How } from './send-button.tsx'
import { useTriggers } from './triggers.ts'
import { useOnceThere, useUploads } from './uploads.ts'
import { useWorkingOn } from './working-on.ts'

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
  // No draft on the server, for nobody answers with it; this device keeps what was typed until it is logged.
  const key = `rapport.heard.${useMe().id}.${kase.id}`
  const [text, setShown] = useState(() => leftHere(key)?.text ?? '')
  const setText = (next: string) => {
    setShown(next)
    journal(key, next === '' ? null : { text: next, html: null })
  }
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
          toCase(document.activeElement)
        },
      },
    )
  return { text, setText, files, channel, setChannel, send, busy: act.isPending, problem: act.error }
}

type Said = {
  mode: Mode
  draft: ReturnType<typeof useDraft>
  heard: ReturnType<typeof useHeard>
  lastId: number | null
}

/** What is on screen just now, of the three things one can write. */
const useSaid = ({ mode, draft, heard, lastId }: Said, setWriting: (writing: boolean) => void) => {
  const form: Form = mode === 'heard' ? { text: heard.text, html: null } : draft.form
  const write = (next: Form) => {
    setWriting(next.text !== '')
    if (mode === 'heard') heard.setText(next.text)
    else draft.write(next, lastId)
  }
  const behind = mode === 'reply' && form.text !== '' && draft.seen !== null && lastId !== null && draft.seen < lastId
  return { form, write, behind, files: mode === 'heard' ? heard.files : draft.files }
}

/** The first press shows what looks wrong, the second sends it all the same. */
const useStopOnce = (cautions: string[]) => {
  const warned = useRef('')
  const [stopped, setStopped] = useState(false)
  const stops = () => {
    const all = cautions.join()
    if (cautions.length === 0 || warned.current === all) return false
    warned.current = all
    setStopped(true)
    return true
  }
  return { stops, shown: stopped ? cautions : [], clear: () => setStopped(false) }
}

/** Where one writes: a reply, a note, or what the customer said. Each keeps its own text while one changes between them. */
export const Composer = ({ kase, mode, asked, setMode, setWriting }: Props) => {
  const t = useSay()
  const messages = useMessages(kase.id)
  const lastId = messages.items.at(-1)?.id ?? null
  const reply = useDraft(kase.id, 'reply')
  const note = useDraft(kase.id, 'note')
  const heard = useHeard(kase)
  const how = useReplyChannel(kase)
  const [after, setAfter] = useRemembered<AfterStatus>('rapport.after', afters, 'waiting_customer')
  const met = useMet(kase, how.channel === 'email')
  const draft = mode === 'note' ? note : reply
  const { form, write, behind, files } = useSaid({ mode, draft, heard, lastId }, setWriting)
  const byMail = mode === 'reply' && how.channel === 'email'
  const addressing = useAddressing(kase, messages.items, byMail)
  const mentions = useMentions(form.text)
  const triggers = useTriggers(kase.id, mode)
  useInserted(kase.id, given => {
    draft.replace(joinedForm(draft.form, given), lastId)
    setMode(mode === 'note' ? 'note' : 'reply')
    setWriting(true)
  })
  const working = useWorkingOn()
  const goesOn = useRef(false)
  const theirLanguage = messages.items.findLast(message => message.direction === 'in')?.language ?? null
  const { newOutsiders } = addressing
  const cautions = useCautions({ mode, text: form.text, files: files.items.length, kase, theirLanguage, newOutsiders })
  const stop = useStopOnce(files.failed && mode !== 'heard' ? [...cautions, t('caution.failedFile')] : cautions)
  const sending = useSend(kase, () => {
    draft.clear()
    addressing.clear()
    stop.clear()
    setWriting(false)
    toCase(document.activeElement)
    if (goesOn.current || (working.playing && mode === 'reply')) working.next?.()
  })
  const submit = (way: How = {}) => {
    if (form.text === '' || sending.busy || heard.busy) return
    if (files.busy) return once.wait(way)
    if (mode === 'heard') return heard.send()
    if (stop.stops()) return
    draft.drop()
    goesOn.current = way.next ?? false
    sending.send({
      ...form,
      kind: mode,
      seen: draft.seen ?? lastId,
      after: mode === 'reply' ? after : null,
      attachmentIds: files.ids,
      channel: mode === 'reply' ? how.channel : null,
      mentionIds: mode === 'note' ? mentions.ids : [],
      met: met.check,
      addressed: addressing.given,
      sendAt: way.at ?? null,
    })
  }
  const once = useOnceThere(mode, files.busy, submit)
  return (
    <>
      <ComposerBox
        kase={kase}
        mode={mode}
        asked={asked}
        setMode={setMode}
        form={form}
        revision={draft.revision}
        write={write}
        restore={earlier => draft.replace(earlier, lastId)}
        leave={() => draft.flush()}
        submit={submit}
        busy={sending.busy || heard.busy || once.waits}
        problem={mode === 'heard' ? heard.problem : sending.problem}
        files={files}
        how={
          mode === 'heard'
            ? {
                channel: heard.channel,
                setChannel: channel => channel !== 'email' && heard.setChannel(channel),
                address: null,
              }
            : how
        }
        addressing={byMail ? addressing : null}
        after={after}
        setAfter={setAfter}
        met={mode === 'reply' && after === 'solved' ? met : null}
        cautions={stop.shown}
        mentioned={mode === 'note' ? mentions.named.map(one => one.name) : []}
        triggers={triggers}
        state={mode === 'heard' ? null : draft.state}
        others={draft.others}
        catchUp={behind ? () => draft.setSeen(lastId) : null}
      />
      {sending.conflict && (
        <Conflict
          kase={kase}
          arrived={sending.conflict.arrived}
          seen={sending.conflict.outgoing.seen}
          mine={sending.conflict.outgoing.text}
          busy={sending.busy}
          sendAnyway={sending.sendAnyway}
          back={sending.back}
        />
      )}
    </>
  )
}
