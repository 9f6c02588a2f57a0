import type { ReactNode } from 'react'

type Props = { icon?: ReactNode; title: string; text?: ReactNode; children?: ReactNode }

/** Nothing here, why, and what to do next. */
export const EmptyState = ({ icon, title, text, children }: Props) => (
  <div className="rp-empty">
    {icon}
    <h2>{title}</h2>
    {text && <p>{text}</p>}
    {children}
  </div>
)
