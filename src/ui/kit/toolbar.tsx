import './toolbar.css'
import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core'
import {
  IconBlockquote,
  IconBold,
  IconCode,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  type TablerIcon,
} from '@tabler/icons-react'
import { type Editor, useEditorState } from '@tiptap/react'
import { type KeyboardEvent, type SubmitEvent, useState } from 'react'
import { useSay } from '../language/index.ts'
import { onMac } from './keys.ts'

const mod = onMac ? '⌘' : 'Ctrl '
const shift = onMac ? '⇧' : 'Shift '

/** A button that a place adds to the usual ones. */
export type Tool = {
  name: string
  label: string
  Icon: TablerIcon
  run: (editor: Editor) => void
  /** Whether it holds where the cursor is; for what is switched on and off. */
  on?: (editor: Editor) => boolean
}

const none: readonly Tool[] = []

type Kind = 'bold' | 'italic' | 'bulletList' | 'orderedList' | 'blockquote' | 'code'
const kinds: { kind: Kind; Icon: TablerIcon; keys: string; run: (editor: Editor) => void }[] = [
  { kind: 'bold', Icon: IconBold, keys: `${mod}B`, run: e => e.chain().focus().toggleBold().run() },
  { kind: 'italic', Icon: IconItalic, keys: `${mod}I`, run: e => e.chain().focus().toggleItalic().run() },
  { kind: 'bulletList', Icon: IconList, keys: `${mod}${shift}8`, run: e => e.chain().focus().toggleBulletList().run() },
  {
    kind: 'orderedList',
    Icon: IconListNumbers,
    keys: `${mod}${shift}7`,
    run: e => e.chain().focus().toggleOrderedList().run(),
  },
  {
    kind: 'blockquote',
    Icon: IconBlockquote,
    keys: `${mod}${shift}B`,
    run: e => e.chain().focus().toggleBlockquote().run(),
  },
  { kind: 'code', Icon: IconCode, keys: `${mod}E`, run: e => e.chain().focus().toggleCode().run() },
]

/** One button of a toolbar is in the tab order; the arrows reach the others. */
const roam = (event: KeyboardEvent<HTMLElement>) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  const side = document.documentElement.dir === 'rtl' ? -step : step
  buttons[(at + side + buttons.length) % buttons.length]?.focus()
}

const withScheme = (address: string) => {
  const plain = address.trim()
  if (/^(https?:\/\/|mailto:|tel:)/i.test(plain)) return plain
  return plain.includes('@') && !plain.includes('/') ? `mailto:${plain}` : `https://${plain}`
}

const LinkButton = ({
  editor,
  on,
  opened,
  open,
}: {
  editor: Editor
  on: boolean
  opened: boolean
  open: (to: boolean) => void
}) => {
  const t = useSay()
  const [address, setAddress] = useState('')
  const start = () => {
    setAddress(String(editor.getAttributes('link').href ?? ''))
    open(!opened)
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    event.stopPropagation()
    open(false)
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address.trim() === '') return void chain.unsetLink().run()
    const href = withScheme(address)
    if (editor.state.selection.empty && !on)
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text: address.trim(), marks: [{ type: 'link', attrs: { href } }] })
        .run()
    else chain.setLink({ href }).run()
  }
  return (
    <Popover opened={opened} onChange={open} trapFocus returnFocus position="top-start" width={300} withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          tabIndex={-1}
          aria-pressed={on}
          aria-label={t('format.link')}
          onMouseDown={event => event.preventDefault()}
          onClick={start}
        >
          <IconLink size={16} stroke={1.8} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit} className="rp-actions" data-link>
          <TextInput
            aria-label={t('format.address')}
            placeholder="https://"
            value={address}
            onChange={event => setAddress(event.currentTarget.value)}
            className="rp-grow"
            data-autofocus
          />
          <Button type="submit">{t('format.set')}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

type Props = { editor: Editor; linking: boolean; setLinking: (to: boolean) => void; more?: readonly Tool[] }

/** How the text is laid out, for those who do not know the keys and signs. */
export const Toolbar = ({ editor, linking, setLinking, more = none }: Props) => {
  const t = useSay()
  const on = useEditorState({
    editor,
    selector: ({ editor: e }) =>
      Object.fromEntries<boolean>([
        ...[...kinds.map(({ kind }) => kind), 'link'].map((name): [string, boolean] => [name, e.isActive(name)]),
        ...more.map((tool): [string, boolean] => [tool.name, tool.on?.(e) ?? false]),
      ]),
  })
  return (
    <div className="rp-toolbar" role="toolbar" aria-label={t('format.toolbar')} onKeyDown={roam}>
      {kinds.map(({ kind, Icon, keys, run }, index) => (
        <Tooltip key={kind} label={`${t(`format.${kind}`)} (${keys})`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={index === 0 ? 0 : -1}
            aria-pressed={on[kind] ?? false}
            aria-label={t(`format.${kind}`)}
            onMouseDown={event => event.preventDefault()}
            onClick={() => run(editor)}
          >
            <Icon size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      ))}
      <LinkButton editor={editor} on={on.link ?? false} opened={linking} open={setLinking} />
      {more.map(({ name, label, Icon, run, on: holds }) => (
        <Tooltip key={name} label={label}>
          <ActionIcon
            variant="subtle"
            color="gray"
            tabIndex={-1}
            {...(holds ? { 'aria-pressed': on[name] ?? false } : {})}
            aria-label={label}
            onMouseDown={event => event.preventDefault()}
            onClick={() => run(editor)}
          >
            <Icon size={16} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
