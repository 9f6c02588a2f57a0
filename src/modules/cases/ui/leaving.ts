/** Gives the keys to the case that something stands in. */
export const toHeading = (from: Element | null | undefined): void =>
  from?.closest<HTMLElement>('article')?.querySelector<HTMLElement>('[data-heading]')?.focus()

/**
 * Out of the text and back to the case, where single keys work: one level, with Escape, and after sending.
 * @param from where one writes; elsewhere in the case the focus stays where it is
 */
export const toCase = (from: Element | null): void =>
  toHeading(from?.closest('input, textarea, [contenteditable=true]'))
