import { EditorContent, type Editor as Tiptap, useEditor } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { type RefObject, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { Toolbar } from '../../../ui/kit/toolbar.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { Attachment } from '../contract.ts'
import type { Mode } from './composing.ts'
import { type Form, htmlOf } from './form.ts'
import { toCase } from './leaving.ts'
import { PictureNode } from './picture-node.ts'
import { makeSuggesting, type Trigger, triggersOf } from './suggesting.ts'
import { Suggestions } from './suggestions.tsx'

/** What a message holds at most; more than that is a file. */
const mostCharacters = 100_000

export type EditorProps = {
  label: string
  mode: Exclude<Mode, 'heard'>
  form: Form
  /** Counts up when the text was set from outside: read from the server, taken back, emptied. */
  revision: number
  write: (form: Form) => void
  submit: (how: 'stay' | 'next') => void
  leave: () => void
  asked: number
  attach: (files: Iterable<File>, placed?: (file: Attachment) => void) => void
  tooLong: (text: string) => void
  triggers: Trigger[]
  /** Where the buttons for the layout go. */
  tools: HTMLElement | null
  handle?: RefObject<Tiptap | null>
}

const extensions = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
    dropcursor: { color: 'var(--rp-accent)', width: 2 },
  }),
  PictureNode,
]

const formOf = (editor: Tiptap): Form => {
  const text = editor.getText({ blockSeparator: '\n\n' })
  const html = editor.getHTML()
  return editor.isEmpty
    ? { text: '', html: null }
    : { text: text.trim() === '' && html.includes('<img') ? ' ' : text, html }
}

const pictureOf = (file: Attachment) => ({
  type: 'picture',
  attrs: { src: file.url, alt: file.name.replace(/\.\w{1,5}$/, '') },
})

/** Puts pictures where they were pasted or let go; other files are attached. */
const takeFiles = (editor: Tiptap, files: FileList, at: number, attach: EditorProps['attach']) => {
  attach(files, file => {
    if (!file.type.startsWith('image/') || editor.isDestroyed) return
    editor.commands.insertContentAt(Math.min(at, editor.state.doc.content.size - 1), pictureOf(file))
  })
}

const useWriting = (props: EditorProps, id: string) => {
  const t = useSay()
  const current = useRef(props)
  current.current = props
  const [suggesting] = useState(makeSuggesting)
  const [linking, setLinking] = useState(false)
  const [triggers] = useState(() => triggersOf(() => current.current.triggers, suggesting))
  const made = useRef<Tiptap | null>(null)
  const press = (event: KeyboardEvent): boolean => {
    if (event.isComposing) return false
    const send = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
    const link = event.key.toLowerCase() === 'l' && event.shiftKey && (event.ctrlKey || event.metaKey)
    if (send) current.current.submit(event.shiftKey ? 'next' : 'stay')
    else if (link) setLinking(true)
    else if (event.key === 'Escape' && !suggesting.get()?.offers.length) toCase(event.target as HTMLElement)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  const paste = (event: ClipboardEvent): boolean => {
    const { files } = event.clipboardData ?? {}
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const editor = made.current
    if (!editor) return false
    if (files && files.length > 0 && text === '') {
      takeFiles(editor, files, editor.state.selection.from, current.current.attach)
      return true
    }
    if (text.length + editor.state.doc.textContent.length <= mostCharacters) return false
    current.current.tooLong(text)
    return true
  }
  const editor = useEditor({
    extensions: [...extensions, triggers],
    content: htmlOf(props.form),
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label, class: 'rp-editor' },
      handleKeyDown: (_, event) => press(event),
      handlePaste: (_, event) => paste(event),
      handleDrop: (view, event) => {
        const files = event.dataTransfer?.files
        if (!files?.length || !made.current) return false
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? view.state.doc.content.size
        takeFiles(made.current, files, at, current.current.attach)
        return true
      },
    },
    onUpdate: ({ editor: e }) => current.current.write(formOf(e)),
    onBlur: () => current.current.leave(),
  })
  made.current = editor
  const shown = useSyncExternalStore(suggesting.watch, suggesting.get)
  const list =
    shown && shown.offers.length > 0 ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${shown.active}` } : {}
  const attributes: Record<string, string> = {
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': props.label,
    'aria-placeholder': t(`composer.placeholder.${props.mode}`),
    class: 'rp-editor',
    dir: 'auto',
    ...list,
  }
  const wanted = JSON.stringify(attributes)
  useEffect(() => {
    editor.setOptions({
      editorProps: { ...editor.options.editorProps, attributes: JSON.parse(wanted) as Record<string, string> },
    })
  }, [editor, wanted])
  return { editor, suggesting, linking, setLinking }
}

/** Where one writes with formatting, by keys, signs (**bold**, - list, > quote) or the buttons below. */
const Editor = (props: EditorProps) => {
  const t = useSay()
  const id = useId()
  const { editor, suggesting, linking, setLinking } = useWriting(props, id)
  const { revision, asked, handle } = props
  const form = useRef(props.form)
  form.current = props.form
  const first = useRef(true)
  useEffect(() => {
    // What was there when the editor was made is in it already.
    if (first.current) first.current = false
    else if (revision >= 0) editor.commands.setContent(htmlOf(form.current), { emitUpdate: false })
  }, [editor, revision])
  useEffect(() => {
    if (asked > 0) editor.commands.focus('end')
  }, [editor, asked])
  useEffect(() => {
    if (!handle) return
    handle.current = editor
    return () => {
      handle.current = null
    }
  }, [editor, handle])
  return (
    <div
      className="rp-editor-box"
      data-empty={props.form.text === '' || undefined}
      data-placeholder={t(`composer.placeholder.${props.mode}`)}
    >
      <EditorContent editor={editor} />
      <Suggestions suggesting={suggesting} id={id} />
      {props.tools && createPortal(<Toolbar editor={editor} linking={linking} setLinking={setLinking} />, props.tools)}
    </div>
  )
}

export default Editor
