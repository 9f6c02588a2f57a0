import './door.css'
import type { ReactNode } from 'react'
import { usePageTitle } from '../../../ui/kit/page-header.tsx'
import { useLooks } from '../../../ui/shell/looks.ts'
import { Mark } from '../../../ui/shell/mark.tsx'

type Props = { title: string; lead: string; children: ReactNode }

/** The frame of the pages before the shell: one column, nothing to distract. */
export const Door = ({ title, lead, children }: Props) => {
  const heading = usePageTitle(title)
  // Nobody's preferences yet: what the device asks for.
  useLooks(undefined)
  return (
    <main className="rp-door">
      <div className="rp-door-card">
        <Mark size={40} />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p>{lead}</p>
        {children}
      </div>
    </main>
  )
}
