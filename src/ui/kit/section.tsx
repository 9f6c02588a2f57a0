import type { ReactNode } from 'react'

type Props = { title: string; lead?: ReactNode; children: ReactNode }

/** A part of a settings page. */
export const Section = ({ title, lead, children }: Props) => (
  <section className="rp-section">
    <h2>{title}</h2>
    {lead ? <p>{lead}</p> : <div style={{ height: 10 }} />}
    {children}
  </section>
)
