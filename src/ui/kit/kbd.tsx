import { keyOf, shownKey } from '../commands/keys.ts'
import type { CommandName } from '../commands/table.ts'
import { useMe } from '../me.ts'

export const Kbd = ({ children }: { children: string }) => <kbd className="rp-kbd">{children}</kbd>

/** The key of a command, as somebody has set it; nothing for those who have switched it, or all keys, off. */
export const KeyHint = ({ of }: { of: CommandName }) => {
  const { shortcuts, keys } = useMe().preferences
  const key = keyOf(of, keys)
  // Drawn by the style sheet: read as text it would be part of a button's visible name (WCAG 2.5.3).
  return shortcuts === false || key === '' ? null : (
    <span className="rp-key-hint rp-kbd" data-key={shownKey(key)} aria-hidden />
  )
}
