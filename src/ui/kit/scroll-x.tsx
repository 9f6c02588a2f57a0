import type { ReactNode } from 'react'

/** A wide table on a narrow screen: scrolls by itself, with the keyboard too. */
export const ScrollX = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse (WCAG 2.1.1)
  <section className="rp-scroll-x" tabIndex={0} aria-label={label}>
    {children}
  </section>
)
