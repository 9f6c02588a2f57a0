import { useMe } from '../me.ts'

/** A key, shown only to those who have not switched single keys off. */
export const Kbd = ({ children }: { children: string }) => <kbd className="rp-kbd">{children}</kbd>

export const KeyHint = ({ children }: { children: string }) => {
  const me = useMe()
  return me.preferences.shortcuts === false ? null : (
    <span className="rp-key-hint" aria-hidden>
      <Kbd>{children}</Kbd>
    </span>
  )
}
