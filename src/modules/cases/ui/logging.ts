import { useState } from 'react'
import { useAct } from '../../../ui/call.ts'
import { atTime } from '../../../ui/kit/time-ago.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { demand } from '../../demand/contract.ts'
import type { Asked } from '../../demand/ui/index.ts'
import { diary } from '../../diary/contract.ts'
import { bookingAnswers, type ChosenTime } from '../../diary/ui/index.ts'
import type { ChosenPerson } from '../../people/ui/index.ts'
import { type CaseKind, cases } from '../contract.ts'
import type { Spoken } from './composing.ts'
import { useLetter } from './letter.ts'
import { subjectOf, useLogJournal } from './log-journal.ts'

const nothingAsked: Asked = { productId: null, demandId: null, tell: false }

export type Missing = 'whom' | 'text' | null

/** What is being logged, wherever it is: in the dialogue, at the counter, or while somebody is on the line. */
export const useLogging = (
  channel: Spoken,
  given: ChosenPerson | null | undefined,
  saved: (kase: { id: number; number: number }) => void,
) => {
  const t = useSay()
  const journal = useLogJournal(given)
  const letter = useLetter()
  const [kind, setKind] = useState<CaseKind>('enquiry')
  const [topic, setTopic] = useState<string | null>(null)
  const [subject, setSubject] = useState<string | null>(null)
  const [solved, setSolved] = useState(false)
  const [missing, setMissing] = useState<Missing>(null)
  const act = useAct(cases.open, { quiet: true, refresh: [cases.counts, cases.list] })
  const scanned = channel === 'letter' && letter.pages.length > 0
  const { whom } = journal
  // What they asked for at the counter, and the note that it was not there.
  const [asked, setAsked] = useState<Asked>(nothingAsked)
  const tie = useAct(demand.change)
  const tell = useAct(demand.tellWhenBack)
  // The time they come again, booked once there is a case for it; if somebody was faster, that is told and the case stays.
  const [time, setTime] = useState<ChosenTime | null>(null)
  const book = useAct(diary.book, {
    refresh: bookingAnswers,
    done: ({ startsAt }) => told(t('booking.booked', { when: atTime(startsAt) })),
  })
  // The pages say what the letter says: nothing need be typed beside them.
  const text = journal.text.trim() || (scanned ? t('letter.said', { count: letter.pages.length }) : '')
  const clear = () => {
    journal.clear()
    letter.clear()
    setSubject(null)
    setTopic(null)
    setSolved(false)
    setKind('enquiry')
    setAsked(nothingAsked)
    setTime(null)
  }
  const send = async () => {
    if (!whom) return
    const attachmentIds = scanned ? [(await letter.send()).id] : []
    const about = { kind, channel, topicId: topic ? Number(topic) : null, productId: asked.productId, solved }
    const made = await act.mutateAsync({
      ...about,
      subject: (subject || subjectOf(text)).slice(0, 300),
      requester: whom.requester,
      message: { text, attachmentIds },
    })
    const { demandId } = asked
    if (demandId)
      tie.mutate({ id: demandId, caseId: made.id }, { onSuccess: () => asked.tell && tell.mutate({ id: demandId }) })
    if (time) book.mutate({ ...time, caseId: made.id })
    clear()
    saved(made)
  }
  const submit = () => {
    const lacks = whom === null ? 'whom' : text === '' ? 'text' : null
    setMissing(lacks)
    // What went wrong is shown from where it happened.
    if (!lacks && !act.isPending && !letter.sending) void send().catch(() => {})
  }
  return {
    ...journal,
    ...{
      kind,
      setKind,
      topic,
      setTopic,
      subject,
      setSubject,
      solved,
      setSolved,
      missing,
      letter,
      submit,
      asked,
      setAsked,
      time,
      setTime,
    },
    clear,
    busy: act.isPending || letter.sending,
    problem: act.error ?? letter.problem,
  }
}
