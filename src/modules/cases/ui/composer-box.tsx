import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Problem } from '../../../ui/call.ts'
import { told } from '../../../ui/kit/toast.tsx'
import { useSay } from '../../../ui/language/index.ts'
import { MessengerNotice, useReachable } from '../../messengers/ui/index.ts'
import type { Case } from '../contract.ts'
import type { Addressing } from './addressing.ts'
import { Uploads } from './attachments.tsx'
import { Above, Mentioned, Met, type Other } from './composer-notes.tsx'
import { ComposerTabs, How, type HowGiven } from './composer-tabs.tsx'
import { FormattedWriting, PlainWriting } from './composer-text.tsx'
import type { Mode } from './composing.ts'
import { useDropping } from './dropping.ts'
import { type Form, standsIn } from './form.ts'
import type { useMet } from './met.ts'
import { Recipients } from './recipients.tsx'
import type { AfterStatus } from './send.tsx'
import { type How as HowToSend, SendButton } from './send-button.tsx'
import type { Trigger } from './suggesting.ts'
import type { useUploads } from './uploads.ts'
import { Versions } from './versions.tsx'

type Props = {
  kase: Case
  mode: Mode
  asked: number
  setMode: (mode: Mode) => void
  form: Form
  revision: number
  write: (form: Form) => void
  restore: (form: Form) => void
  leave: () => void
  submit: (how?: HowToSend) => void
  busy: boolean
  problem: Problem | null
  files: ReturnType<typeof useUploads>
  how: HowGiven
  addressing: Addressing | null
  after: AfterStatus
  setAfter: (after: AfterStatus) => void
  met: ReturnType<typeof useMet> | null
  cautions: string[]
  mentioned: string[]
  triggers: Trigger[]
  state: 'saved' | 'saving' | 'here' | null
  others: Other[]
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
        onChange={event => {
          if (event.target.files) add([...event.target.files])
          // The same file can be chosen again.
          event.target.value = ''
        }}
      />
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        className="rp-attach"
        leftSection={<IconPaperclip size={16} stroke={1.7} />}
        onClick={() => picker.current?.click()}
      >
        {t('composer.attach')}
      </Button>
    </>
  )
}

const Text = ({ props, label, tools }: { props: Props; label: string; tools: HTMLElement | null }) => {
  const t = useSay()
  const { mode, form, write, files, submit } = props
  if (mode === 'heard')
    return (
      <PlainWriting
        label={label}
        text={form.text}
        write={text => write({ text, html: null })}
        submit={() => submit()}
        asked={props.asked}
        attach={files.add}
      />
    )
  const tooLong = (text: string) => {
    files.add([new File([text], t('files.pasted'), { type: 'text/plain' })])
    told(t('files.tooMuchText'), 'too-long', 12_000)
  }
  return (
    <FormattedWriting
      label={label}
      mode={mode}
      form={form}
      revision={props.revision}
      write={write}
      submit={how => submit(how === 'next' ? { next: true } : {})}
      leave={props.leave}
      asked={props.asked}
      attach={files.add}
      tooLong={tooLong}
      triggers={props.triggers}
      tools={tools}
    />
  )
}

const Foot = ({
  props,
  delivered,
  setTools,
}: {
  props: Props
  /** It goes out by itself, by mail or messenger; otherwise it is noted as said or posted. */
  delivered: boolean
  setTools: (place: HTMLElement | null) => void
}) => {
  const t = useSay()
  const { mode, form, files, kase } = props
  return (
    <div className="rp-composer-foot">
      {mode !== 'heard' && <div ref={setTools} className="rp-tools" />}
      <Attach add={files.add} />
      {mode !== 'heard' && <Versions caseId={kase.id} kind={mode} restore={props.restore} />}
      <span className="rp-dim rp-small rp-grow rp-draft-state" role="status">
        {props.state && form.text !== '' && t(`draft.${props.state}`)}
      </span>
      <SendButton
        mode={mode}
        after={props.after}
        setAfter={props.setAfter}
        submit={props.submit}
        busy={props.busy}
        disabled={form.text === ''}
        byMail={delivered}
      />
    </div>
  )
}

export const ComposerBox = (props: Props) => {
  const t = useSay()
  const { mode, form, files, how, kase, addressing } = props
  const dropping = useDropping(files.add)
  const [tools, setTools] = useState<HTMLElement | null>(null)
  const names = addressing?.to.map(part => part.name || part.address).join(', ') || kase.requester.name
  const label = t(`composer.label.${mode}`, { name: mode === 'reply' ? names : kase.requester.name })
  const way = useReachable(kase.id, how.channel, mode === 'reply')
  const beside = files.items.filter(item => !item.file || !standsIn(form.html, item.file.id))
  return (
    <section
      className="rp-composer"
      data-mode={mode}
      data-filled={form.text !== '' || files.items.length > 0 || undefined}
      data-over={dropping.over || undefined}
      aria-label={t('composer.region')}
      {...dropping.handlers}
    >
      <ComposerTabs mode={mode} setMode={props.setMode} kase={kase} />
      <Above cautions={props.cautions} problem={props.problem} others={props.others} catchUp={props.catchUp} />
      <div className="rp-composer-whom">
        <span>{label}</span> {mode !== 'note' && <How mode={mode} {...how} />}
        {addressing && <Recipients addressing={addressing} />}
      </div>
      {way && <MessengerNotice way={way} length={form.text.length} files={files.items.length} />}
      <Text props={props} label={label} tools={tools} />
      <Mentioned names={props.mentioned} />
      <Uploads items={beside} remove={files.remove} />
      {props.met && <Met met={props.met} />}
      <Foot props={props} delivered={how.channel === 'email' || way !== null} setTools={setTools} />
    </section>
  )
}
