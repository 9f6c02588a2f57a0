/**
 * Out of the text and back to the case, where single keys work: one level, with Escape, and after sending.
 * @param from where one writes; elsewhere in the case the focus stays where it is
 */
export const toCase = (from: Element | null): void => {
  const writes = from?.closest('input, textarea, [contenteditable=true]')
  writes?.closest<HTMLElement>('article')?.querySelector<HTMLElement>('[data-heading]')?.focus()
}
