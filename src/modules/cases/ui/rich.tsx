import { type ReactNode, useMemo } from 'react'
import { Link } from 'react-router'
import { drawn } from '../../../ui/kit/drawn.tsx'
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

/** What a colleague wrote, with its formatting. */
export const Rich = ({ html, files }: { html: string; files: Attachment[] }) => {
  const content = useMemo(
    () => drawn(html, { tags: plainTags, picture: element => picture(element, files), text: linked }),
    [html, files],
  )
  return <div className="rp-rich">{content}</div>
}
