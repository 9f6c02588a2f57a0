import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useAct } from '../../../ui/call.ts'
import { isSendKey, onMac } from '../../../ui/kit/keys.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { newKey } from '../../../ui/request.ts'
import { PersonField, type Whom } from '../../people/ui/index.ts'
import { type CaseKind, caseKinds, cases } from '../contract.ts'
import { useTopicChoices } from './choices.tsx'
import { type Spoken, spoken, useRemembered } from './composing.ts'
import { LogChannel } from './log-channel.tsx'
import { subjectOf, useLogJournal } from './log-journal.ts'

/** Opens the case and leaves the form ready for the next person at the counter. */
const useSaving = (text: string, clear: () => void) => {
  const t = useSay()
  const act = useAct(cases.open, { quiet: true, refresh: [cases.counts, cases.list] })
  const save = (
    whom: Whom,
    more: { kind: CaseKind; channel: Spoken; topicId: number | null; subject: string; solved: boolean },
  ) => {
    const { subject, ...rest } = more
    act.mutate(
      { ...rest, subject: (subject || subjectOf(text)).slice(0, 300), requester: whom, message: { text } },
      {
        onSuccess: ({ id, number }) => {
          told(
            <>
              {t('log.saved', { number })} <Link to={`/cases/${id}`}>{t('log.open')}</Link>
            </>,
            newKey(),
            8000,
          )
          clear()
        },
      },
    )
  }
  return { save, busy: act.isPending, problem: act.error }
}

export const QuickLog = () => {
  const t = useSay()
  const { text, setText, whom, setWhom, clear } = useLogJournal()
  const [channel, setChannel] = useRemembered<Spoken>('rapport.log.channel', spoken, 'face_to_face')
  const [kind, setKind] = useState<CaseKind>('enquiry')
  const [topic, setTopic] = useState<string | null>(null)
  const [subject, setSubject] = useState<string | null>(null)
  const [solved, setSolved] = useState(false)
  const [missing, setMissing] = useState<'whom' | 'text' | null>(null)
  const topics = useTopicChoices()
  const first = useRef<HTMLInputElement>(null)
  const saving = useSaving(text, () => {
    clear()
    setSubject(null)
    setTopic(null)
    setSolved(false)
    setKind('enquiry')
    first.current?.focus()
  })
  const submit = () => {
    const lacks = whom === null ? 'whom' : text.trim() === '' ? 'text' : null
    setMissing(lacks)
    if (lacks || saving.busy || !whom) return
    saving.save(whom.requester, {
      kind,
      channel,
      topicId: topic ? Number(topic) : null,
      subject: subject ?? '',
      solved,
    })
  }
  return (
    <form
      className="rp-stack"
      onSubmit={event => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={event => {
        if (!isSendKey(event)) return
        event.preventDefault()
        submit()
      }}
    >
      <ProblemNote problem={saving.problem} />
      <PersonField
        ref={first}
        value={whom}
        onChange={setWhom}
        error={missing === 'whom' ? t('log.whomMissing') : null}
      />
      <Textarea
        label={t('log.text')}
        placeholder={t('log.textHint')}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        error={missing === 'text' ? t('log.textMissing') : null}
      />
      <LogChannel channel={channel} set={setChannel} />
      <div className="rp-columns">
        {/* The browser's own lists: the first letters choose at once, and a phone shows its wheel. */}
        <NativeSelect
          label={t('field.kind')}
          data={caseKinds.map(value => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={event => setKind(event.currentTarget.value as CaseKind)}
        />
        {topics.length > 0 && (
          <NativeSelect
            label={t('field.topic')}
            data={[{ value: '', label: t('words.optional') }, ...topics.map(({ value, label }) => ({ value, label }))]}
            value={topic ?? ''}
            onChange={event => setTopic(event.currentTarget.value || null)}
          />
        )}
      </div>
      <TextInput
        label={t('case.subject')}
        description={t('log.subjectText')}
        value={subject ?? subjectOf(text)}
        onChange={event => setSubject(event.currentTarget.value)}
        maxLength={300}
      />
      <div className="rp-actions">
        <Switch
          label={t('log.solved')}
          checked={solved}
          onChange={event => setSolved(event.currentTarget.checked)}
          className="rp-grow"
        />
        <Button type="submit" loading={saving.busy} title={onMac ? '⌘ ↵' : 'Ctrl ↵'}>
          {t('log.save')}
        </Button>
      </div>
    </form>
  )
}
