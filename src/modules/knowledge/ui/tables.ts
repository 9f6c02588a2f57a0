import { TextSelection } from '@tiptap/pm/state'
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  goToNextCell,
  tableEditing,
} from '@tiptap/pm/tables'
import { type Editor, mergeAttributes, Node } from '@tiptap/react'

const spans = () => ({ colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null, rendered: false } })

const cell = (name: 'tableCell' | 'tableHeader', tag: 'td' | 'th', tableRole: string) =>
  Node.create({
    name,
    content: 'block+',
    isolating: true,
    addAttributes: spans,
    parseHTML: () => [{ tag }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes), 0],
    extendNodeSchema: extension => (extension.name === name ? { tableRole } : {}),
  })

const Table = Node.create({
  name: 'table',
  content: 'tableRow+',
  group: 'block',
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: () => ['table', ['tbody', 0]],
  extendNodeSchema: extension => (extension.name === 'table' ? { tableRole: 'table' } : {}),
  addProseMirrorPlugins: () => [tableEditing()],
  addKeyboardShortcuts() {
    const go = (direction: 1 | -1) => () => goToNextCell(direction)(this.editor.state, this.editor.view.dispatch)
    return { Tab: go(1), 'Shift-Tab': go(-1) }
  },
})

const Row = Node.create({
  name: 'tableRow',
  content: '(tableCell | tableHeader)*',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
  extendNodeSchema: extension => (extension.name === 'tableRow' ? { tableRole: 'row' } : {}),
})

/** Tables as articles have them: rows, heads and cells. */
export const tableNodes = [Table, Row, cell('tableCell', 'td', 'cell'), cell('tableHeader', 'th', 'header_cell')]

const [rows, columns] = [3, 3]

/** A table of three by three, with a head, at the cursor. */
const insertTable = (editor: Editor): void => {
  const part = (type: string) => ({ type, content: [{ type: 'paragraph' }] })
  const row = (type: string) => ({ type: 'tableRow', content: Array.from({ length: columns }, () => part(type)) })
  const body = Array.from({ length: rows - 1 }, () => row('tableCell'))
  const at = editor.state.selection.from
  editor
    .chain()
    .focus()
    .insertContent({ type: 'table', content: [row('tableHeader'), ...body] })
    .command(({ tr }) => {
      // Into its first cell, where one goes on writing.
      tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(at + 1, tr.doc.content.size))))
      return true
    })
    .run()
}

type Step = typeof addRowAfter
const doing = (step: Step) => (editor: Editor) => {
  step(editor.state, editor.view.dispatch)
  editor.commands.focus()
}

/** What can be done with tables, by name. */
export const tableActs = {
  insert: insertTable,
  row: doing(addRowAfter),
  column: doing(addColumnAfter),
  rowGone: doing(deleteRow),
  columnGone: doing(deleteColumn),
  gone: doing(deleteTable),
}
