import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { Link } from 'react-router'
import { isSendKey, onMac } from '../../../ui/kit/keys.ts'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { newKey } from '../../../ui/request.ts'
import { type ChosenPerson, PersonField } from '../../people/ui/index.ts'
import { type CaseKind, caseKinds } from '../contract.ts'
import { useTopicChoices } from './choices.tsx'
import { type Spoken, spoken, useRemembered } from './composing.ts'
import { LetterPages } from './letter-pages.tsx'
import { LogChannel } from './log-channel.tsx'
import { subjectOf } from './log-journal.ts'
import { useLogging } from './logging.ts'

/** Says what a contact became, with the way to it. */
export const useToldSaved = () => {
  const t = useSay()
  return ({ id, number }: { id: number; number: number }) =>
    told(
      <>
        {t('log.saved', { number })} <Link to={`/cases/${id}`}>{t('log.open')}</Link>
      </>,
      newKey(),
      8000,
    )
}

type Props = {
  /** Who it is, where that is known already: then what is typed is of this contact, and not of one begun before. */
  whom?: ChosenPerson | null
  channel?: Spoken
  saved?: (caseId: number) => void
}

const Kinds = ({ log }: { log: ReturnType<typeof useLogging> }) => {
  const t = useSay()
  const topics = useTopicChoices()
  return (
    <div className="rp-columns">
      {/* The browser's own lists: the first letters choose at once, and a phone shows its wheel. */}
      <NativeSelect
        label={t('field.kind')}
        data={caseKinds.map(value => ({ value, label: t(`kind.${value}`) }))}
        value={log.kind}
        onChange={event => log.setKind(event.currentTarget.value as CaseKind)}
      />
      {topics.length > 0 && (
        <NativeSelect
          label={t('field.topic')}
          data={[{ value: '', label: t('words.optional') }, ...topics.map(({ value, label }) => ({ value, label }))]}
          value={log.topic ?? ''}
          onChange={event => log.setTopic(event.currentTarget.value || null)}
        />
      )}
    </div>
  )
}

/** Opens a case and leaves the form ready for the next person at the counter. */
export const QuickLog = ({ whom, channel: fixed, saved }: Props) => {
  const t = useSay()
  const [remembered, setChannel] = useRemembered<Spoken>('rapport.log.channel', spoken, 'face_to_face')
  const channel = fixed ?? remembered
  const first = useRef<HTMLInputElement>(null)
  const say = useToldSaved()
  const log = useLogging(channel, whom, made => {
    say(made)
    saved?.(made.id)
    first.current?.focus()
  })
  return (
    <form
      className="rp-stack"
      onSubmit={event => {
        event.preventDefault()
        log.submit()
      }}
      onKeyDown={event => {
        if (!isSendKey(event)) return
        event.preventDefault()
        log.submit()
      }}
    >
      <ProblemNote problem={log.problem} />
      <PersonField
        ref={first}
        value={log.whom}
        onChange={log.setWhom}
        error={log.missing === 'whom' ? t('log.whomMissing') : null}
      />
      <Textarea
        label={t('log.text')}
        placeholder={t('log.textHint')}
        value={log.text}
        onChange={event => log.setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={10}
        error={log.missing === 'text' ? t('log.textMissing') : null}
      />
      {!fixed && <LogChannel channel={channel} set={setChannel} />}
      <Kinds log={log} />
      <TextInput
        label={t('case.subject')}
        description={t('log.subjectText')}
        value={log.subject ?? subjectOf(log.text)}
        onChange={event => log.setSubject(event.currentTarget.value)}
        maxLength={300}
      />
      {channel === 'letter' && <LetterPages letter={log.letter} />}
      <div className="rp-actions">
        <Switch
          label={t('log.solved')}
          checked={log.solved}
          onChange={event => log.setSolved(event.currentTarget.checked)}
          className="rp-grow"
        />
        <Button type="submit" loading={log.busy} title={onMac ? '⌘ ↵' : 'Ctrl ↵'}>
          {t('log.save')}
        </Button>
      </div>
    </form>
  )
}
