import { useMe } from '../me.ts'

/** A key, shown only to those who have not switched single keys off. */
export const Kbd = ({ children }: { children: string }) => <kbd className="rp-kbd">{children}</kbd>

export const KeyHint = ({ children }: { children: string }) => {
  const me = useMe()
  // Drawn by the style sheet: read as text it would be part of a button's visible name (WCAG 2.5.3).
  return me.preferences.shortcuts === false ? null : (
    <span className="rp-key-hint rp-kbd" data-key={children} aria-hidden />
  )
}
