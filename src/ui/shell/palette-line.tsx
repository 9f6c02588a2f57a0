import { Spotlight } from '@mantine/spotlight'
import type { ReactNode } from 'react'

type LineProps = { icon: ReactNode; label: ReactNode; detail?: string; hint?: ReactNode; run: () => void }

/** A line of the palette: what it is, more about it, and what Enter does. */
export const Line = ({ icon, label, detail, hint, run }: LineProps) => (
  <Spotlight.Action onClick={run}>
    <span className="rp-result">
      {icon}
      <span className="rp-grow rp-truncate">{label}</span>
      {detail && <span className="rp-dim rp-small">{detail}</span>}
      {hint}
    </span>
  </Spotlight.Action>
)
