import {
  IconColumnInsertRight,
  IconColumnRemove,
  IconH2,
  IconH3,
  IconPhoto,
  IconRowInsertBottom,
  IconRowRemove,
  IconTable,
  IconTableOff,
} from '@tabler/icons-react'
import { type Editor, EditorContent, mergeAttributes, Node, useEditor, useEditorState } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { useRef, useState } from 'react'
import { type Tool, Toolbar } from '../../../ui/kit/toolbar.tsx'
import { useSay } from '../../../ui/language/index.ts'
import type { ArticleFile } from '../contract-shapes.ts'
import { tableActs, tableNodes } from './tables.ts'

/** A picture of the article: one that was uploaded for it, and nothing from elsewhere. */
const PictureNode = Node.create({
  name: 'picture',
  inline: true,
  group: 'inline',
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="/api/article-files/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
})

const extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4] },
    strike: false,
    underline: false,
    link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
    dropcursor: { color: 'var(--rp-accent)', width: 2 },
  }),
  PictureNode,
  ...tableNodes,
]

type Props = {
  label: string
  html: string
  write: (html: string) => void
  /** Keeps files; `placed` is told of each once the server has it. */
  attach: (files: Iterable<File>, placed: (file: ArticleFile) => void) => void
}

const useTools = (inTable: boolean, choosePicture: () => void): Tool[] => {
  const t = useSay()
  const heading = (level: 2 | 3, Icon: Tool['Icon']): Tool => ({
    name: `h${level}`,
    label: t(`editor.h${level}`),
    Icon,
    on: editor => editor.isActive('heading', { level }),
    run: editor => editor.chain().focus().toggleHeading({ level }).run(),
  })
  const act = (name: keyof typeof tableActs, Icon: Tool['Icon']): Tool => ({
    name,
    label: t(`editor.table.${name}`),
    Icon,
    run: tableActs[name],
  })
  return [
    heading(2, IconH2),
    heading(3, IconH3),
    { name: 'picture', label: t('editor.picture'), Icon: IconPhoto, run: choosePicture },
    ...(inTable
      ? [
          act('row', IconRowInsertBottom),
          act('column', IconColumnInsertRight),
          act('rowGone', IconRowRemove),
          act('columnGone', IconColumnRemove),
          act('gone', IconTableOff),
        ]
      : [act('insert', IconTable)]),
  ]
}

const Tools = ({ editor, choosePicture }: { editor: Editor; choosePicture: () => void }) => {
  const inTable = useEditorState({ editor, selector: ({ editor: e }) => e.isActive('table') })
  const [linking, setLinking] = useState(false)
  const tools = useTools(inTable, choosePicture)
  return <Toolbar editor={editor} linking={linking} setLinking={setLinking} more={tools} />
}

/** Where an article is written: headings, lists, tables and pictures, by keys, signs or the buttons above. */
export const ArticleEditor = ({ label, html, write, attach }: Props) => {
  const picker = useRef<HTMLInputElement>(null)
  const made = useRef<Editor | null>(null)
  const current = useRef({ write, attach })
  current.current = { write, attach }
  const take = (files: Iterable<File>, at?: number) =>
    current.current.attach(files, file => {
      const editor = made.current
      if (!editor || editor.isDestroyed || !file.type.startsWith('image/')) return
      const picture = { type: 'picture', attrs: { src: file.url, alt: file.name.replace(/\.\w{1,5}$/, '') } }
      editor.commands.insertContentAt(
        Math.min(at ?? editor.state.selection.from, editor.state.doc.content.size - 1),
        picture,
      )
    })
  const editor = useEditor({
    extensions,
    content: html,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        class: 'rp-article-text rp-article-input',
        dir: 'auto',
      },
      handlePaste: (_, event) => {
        const files = event.clipboardData?.files
        if (!files?.length || event.clipboardData?.getData('text/plain')) return false
        take(files)
        return true
      },
      handleDrop: (view, event) => {
        const files = event.dataTransfer?.files
        if (!files?.length) return false
        take(files, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos)
        event.preventDefault()
        return true
      },
    },
    onUpdate: ({ editor: e }) => current.current.write(e.isEmpty ? '' : e.getHTML()),
  })
  made.current = editor
  return (
    <div className="rp-article-editor">
      <Tools editor={editor} choosePicture={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        hidden
        data-pictures
        onChange={event => {
          if (event.target.files) take([...event.target.files])
          event.target.value = ''
        }}
      />
      <EditorContent editor={editor} />
    </div>
  )
}
