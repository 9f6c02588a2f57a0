import { Button, Textarea } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { isSendKey } from '../../../ui/kit/keys.ts'
import { Notice } from '../../../ui/kit/notice.tsx'
import { Pick } from '../../../ui/kit/pick.tsx'
import { ProblemNote } from '../../../ui/kit/problem-note.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { Uploads } from './attachments.tsx'
import { ComposerTabs, How, type HowGiven } from './composer-tabs.tsx'
import type { Mode, useMentions } from './composing.ts'
import type { Check, useMet } from './met.ts'
import type { AfterStatus } from './send.tsx'
import { SendButton } from './send-button.tsx'
import type { useUploads } from './uploads.ts'

type Props = {
  kase: Case
  mode: Mode
  asked: number
  setMode: (mode: Mode) => void
  text: string
  write: (text: string) => void
  leave: () => void
  submit: () => void
  busy: boolean
  problem: Problem | null
  files: ReturnType<typeof useUploads>
  how: HowGiven
  after: AfterStatus
  setAfter: (after: AfterStatus) => void
  met: ReturnType<typeof useMet> | null
  cautions: string[]
  mentions: ReturnType<typeof useMentions> | null
  state: 'saved' | 'saving' | 'here' | null
  others: { name: string; kind: 'reply' | 'note' }[]
  catchUp: (() => void) | null
}

/** Things to know before sending, above the text. */
const Above = ({ cautions, problem, others, catchUp }: Pick<Props, 'cautions' | 'problem' | 'others' | 'catchUp'>) => {
  const t = useSay()
  return (
    <>
      <ProblemNote problem={problem} />
      {others.map(other => (
        <p key={other.name + other.kind} className="rp-drafting">
          {t(other.kind === 'reply' ? 'composer.othersReply' : 'composer.othersNote', { name: other.name })}
        </p>
      ))}
      {catchUp && (
        <Notice tone="note">
          {t('composer.behind')}{' '}
          <Button size="compact-xs" variant="default" onClick={catchUp}>
            {t('composer.caughtUp')}
          </Button>
        </Notice>
      )}
      {cautions.length > 0 && (
        <Notice tone="note" alert>
          {cautions.map(caution => (
            <p key={caution}>{caution}</p>
          ))}
          <p>{t('caution.again')}</p>
        </Notice>
      )}
    </>
  )
}

const Mentions = ({ mentions, write }: { mentions: NonNullable<Props['mentions']>; write: (text: string) => void }) => {
  const t = useSay()
  if (mentions.offered.length === 0 && mentions.named.length === 0) return null
  return (
    <div className="rp-actions rp-mentions">
      {mentions.offered.map(member => (
        <Button
          key={member.id}
          size="compact-xs"
          variant="default"
          onClick={() => write(mentions.complete(member.name))}
        >
          @{member.name}
        </Button>
      ))}
      {mentions.named.length > 0 && (
        <span className="rp-small">
          {t('composer.willBeTold', { names: mentions.named.map(member => member.name).join(', ') })}
        </span>
      )}
    </div>
  )
}

/** A reply that solves also says whether the need was met, or has the customer asked. */
const Met = ({ met }: { met: NonNullable<Props['met']> }) => {
  const t = useSay()
  return (
    <p className="rp-composer-whom rp-composer-met">
      <span>{t('composer.met')}</span>{' '}
      <Pick
        label={t('composer.met')}
        value={met.check}
        choices={met.choices}
        onPick={value => met.setCheck(value as Check)}
      />
    </p>
  )
}

const useDropping = (add: (files: Iterable<File>) => void) => {
  const [over, setOver] = useState(false)
  return {
    over,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        add(event.dataTransfer.files)
      },
    },
  }
}

export const ComposerBox = (props: Props) => {
  const t = useSay()
  const { mode, asked, text, write, files, how, kase } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const dropping = useDropping(files.add)
  useEffect(() => {
    if (asked > 0) area.current?.focus()
  }, [asked])
  const press = (event: KeyboardEvent) => {
    if (isSendKey(event)) {
      event.preventDefault()
      props.submit()
    }
    // One level back: out of the text, not out of the case.
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      event.stopPropagation()
      area.current?.blur()
      area.current?.closest<HTMLElement>('article')?.querySelector<HTMLElement>('[data-heading]')?.focus()
    }
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    files.add(event.clipboardData.files)
  }
  const label = t(`composer.label.${mode}`, { name: kase.requester.name })
  return (
    <section
      className="rp-composer"
      data-mode={mode}
      data-filled={text !== '' || undefined}
      data-over={dropping.over || undefined}
      aria-label={t('composer.region')}
      {...dropping.handlers}
    >
      <ComposerTabs mode={mode} setMode={props.setMode} kase={kase} />
      <Above cautions={props.cautions} problem={props.problem} others={props.others} catchUp={props.catchUp} />
      <p className="rp-composer-whom">
        <span>{label}</span> {mode !== 'note' && <How mode={mode} {...how} />}
      </p>
      <Textarea
        ref={area}
        aria-label={label}
        placeholder={t(`composer.placeholder.${mode}`)}
        value={text}
        onChange={event => write(event.currentTarget.value)}
        onBlur={props.leave}
        onKeyDown={press}
        onPaste={paste}
        autosize
        minRows={2}
        maxRows={14}
        variant="unstyled"
      />
      {props.mentions && <Mentions mentions={props.mentions} write={write} />}
      <Uploads items={files.items} remove={files.remove} />
      {props.met && <Met met={props.met} />}
      <div className="rp-composer-foot">
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={event => event.target.files && files.add(event.target.files)}
        />
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          leftSection={<IconPaperclip size={16} stroke={1.7} />}
          onClick={() => picker.current?.click()}
        >
          {t('composer.attach')}
        </Button>
        <span className="rp-dim rp-small rp-grow" role="status">
          {props.state && text !== '' && t(`draft.${props.state}`)}
        </span>
        <SendButton
          mode={mode}
          after={props.after}
          setAfter={props.setAfter}
          submit={props.submit}
          busy={props.busy}
          disabled={text.trim() === '' || files.busy}
          byMail={how.channel === 'email'}
        />
      </div>
    </section>
  )
}
