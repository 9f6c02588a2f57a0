import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import { Link } from 'react-router'
import { type Attachment, writtenTags } from '../contract.ts'

const plainTags = new Set(writtenTags)

/** Numbers of cases lead to them. */
export const linked = (text: string): ReactNode =>
  text.split(/(?<![\w#])(#\d{3,12})(?!\w)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <Link key={index} to={`/cases/${part.slice(1)}`}>
        {part}
      </Link>
    ) : (
      part
    ),
  )

const picture = (element: Element, files: Attachment[]): ReactNode => {
  const file = files.find(one => one.contentId === element.getAttribute('data-cid'))
  return file ? <img src={file.url} alt={element.getAttribute('alt') || file.name} /> : null
}

const link = (element: Element, children: ReactNode): ReactNode => {
  const href = element.getAttribute('href') ?? ''
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(href)) return children
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}

/** Only what is on the list is drawn, element by element: nothing is set as markup, whatever the server sent. */
const drawn = (node: Node, files: Attachment[]): ReactNode => {
  if (node.nodeType === Node.TEXT_NODE) return linked(node.textContent ?? '')
  if (!(node instanceof Element)) return null
  const tag = node.tagName.toLowerCase()
  if (tag === 'br') return <br />
  if (tag === 'img') return picture(node, files)
  const children = [...node.childNodes].map((child, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one message never move
    <Fragment key={index}>{drawn(child, files)}</Fragment>
  ))
  if (tag === 'a') return link(node, children)
  return plainTags.has(tag) ? createElement(tag, { dir: 'auto' }, children) : children
}

/** What a colleague wrote, with its formatting. */
export const Rich = ({ html, files }: { html: string; files: Attachment[] }) => {
  const content = useMemo(() => {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    return [...body.childNodes].map((node, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one message never move
      <Fragment key={index}>{drawn(node, files)}</Fragment>
    ))
  }, [html, files])
  return <div className="rp-rich">{content}</div>
}
