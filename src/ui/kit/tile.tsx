import './tile.css'
import type { ReactNode } from 'react'

type Props = { on: boolean; press: () => void; icon?: ReactNode; children: ReactNode }

/** A choice large enough for a finger, within a fieldset of class `rp-tiles`. */
export const Tile = ({ on, press, icon, children }: Props) => (
  <button type="button" className="rp-tile" aria-pressed={on} onClick={press}>
    {icon}
    <span>{children}</span>
  </button>
)
