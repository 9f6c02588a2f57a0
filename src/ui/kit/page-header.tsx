import { type ReactNode, useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

type Props = { title: string; lead?: ReactNode; children?: ReactNode; hidden?: boolean }

let firstPage: string | null = null

/** Sets the window's title; on a change of page the heading takes the focus, so that a screen reader says where one is. */
export const usePageTitle = (title: string) => {
  const heading = useRef<HTMLHeadingElement>(null)
  const { pathname } = useLocation()
  useEffect(() => {
    document.title = title ? `${title} · Rapport` : 'Rapport'
  }, [title])
  useEffect(() => {
    if (firstPage === null) firstPage = pathname
    else if (firstPage !== pathname) {
      firstPage = ''
      heading.current?.focus({ preventScroll: true })
    }
  }, [pathname])
  return heading
}

/** The one h1 of a page, with what one can do on it at the right. */
export const PageHeader = ({ title, lead, children, hidden }: Props) => {
  const heading = usePageTitle(title)
  if (hidden)
    return (
      <h1 ref={heading} tabIndex={-1} className="rp-hidden">
        {title}
      </h1>
    )
  return (
    <header className="rp-page-header">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p>{lead}</p>}
      </div>
      {children && <div className="rp-actions">{children}</div>}
    </header>
  )
}
