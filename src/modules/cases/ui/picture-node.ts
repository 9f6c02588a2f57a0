import { mergeAttributes, Node } from '@tiptap/react'

/** A picture within the text: one that was uploaded here, and nothing from elsewhere. */
export const PictureNode = Node.create({
  name: 'picture',
  inline: true,
  group: 'inline',
  atom: true,
  draggable: true,
  addAttributes: () => ({ src: { default: null }, alt: { default: '' } }),
  parseHTML: () => [{ tag: 'img[src^="/api/attachments/"]' }],
  renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
})
