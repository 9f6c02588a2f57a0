import { useMe } from '../../../ui/me.ts'

/** The key of a choice, drawn by the style sheet: read as text it would be part of a button's name (WCAG 2.5.3). */
export const Hint = ({ of }: { of: string }) =>
  useMe().preferences.shortcuts === false ? null : (
    <span className="rp-kbd rp-return-key" data-key={of.toUpperCase()} aria-hidden />
  )

/** What stands on a button that Enter presses. */
export const EnterHint = () => <span className="rp-kbd rp-return-key rp-return-enter" data-key="↵" aria-hidden />
