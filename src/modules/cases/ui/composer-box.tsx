import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { useSay } from '../../../ui/language/index.ts'
import type { Case } from '../contract.ts'
import { Uploads } from './attachments.tsx'
import { Above, Mentions, Met } from './composer-notes.tsx'
import { ComposerTabs, How, type HowGiven } from './composer-tabs.tsx'
import { Writing } from './composer-text.tsx'
import type { Mode, useMentions } from './composing.ts'
import { useDropping } from './dropping.ts'
import type { useMet } from './met.ts'
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

const Attach = ({ add }: { add: (files: Iterable<File>) => void }) => {
  const t = useSay()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={event => event.target.files && add(event.target.files)}
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
    </>
  )
}

export const ComposerBox = (props: Props) => {
  const t = useSay()
  const { mode, text, write, files, how, kase } = props
  const dropping = useDropping(files.add)
  const label = t(`composer.label.${mode}`, { name: kase.requester.name })
  return (
    <section
      className="rp-composer"
      data-mode={mode}
      data-filled={text !== '' || files.items.length > 0 || undefined}
      data-over={dropping.over || undefined}
      aria-label={t('composer.region')}
      {...dropping.handlers}
    >
      <ComposerTabs mode={mode} setMode={props.setMode} kase={kase} />
      <Above cautions={props.cautions} problem={props.problem} others={props.others} catchUp={props.catchUp} />
      <p className="rp-composer-whom">
        <span>{label}</span> {mode !== 'note' && <How mode={mode} {...how} />}
      </p>
      <Writing
        label={label}
        mode={mode}
        text={text}
        write={write}
        submit={props.submit}
        leave={props.leave}
        asked={props.asked}
        attach={files.add}
      />
      {props.mentions && <Mentions mentions={props.mentions} write={write} />}
      <Uploads items={files.items} remove={files.remove} />
      {props.met && <Met met={props.met} />}
      <div className="rp-composer-foot">
        <Attach add={files.add} />
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
