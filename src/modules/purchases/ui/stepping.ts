import type { KeyboardEvent } from 'react'
import { isSendKey } from '../../../ui/kit/keys.ts'

const fields = 'input, select, button[type="submit"]'

/** Puts the cursor into a field with what it holds marked, so that typing takes its place. */
export const enter = (field: HTMLElement | null | undefined) => {
  field?.focus()
  if (field instanceof HTMLInputElement && field.type !== 'datetime-local') field.select()
}

/** The field after this one, in the order in which they stand; those that are only pointed at are passed over. */
const next = (form: HTMLFormElement, from: HTMLElement): HTMLElement | undefined => {
  const all = [...form.querySelectorAll<HTMLElement>(fields)].filter(one => one.checkVisibility() && one.tabIndex >= 0)
  return all[all.indexOf(from) + 1]
}

/**
 * The keys of a form that is filled in at a till: Enter goes on to the next field, as a barcode reader expects which ends
 * with it, and only Ctrl+Enter sends. Fields with `data-stays` go on by themselves.
 */
export const stepOn = (event: KeyboardEvent<HTMLFormElement>) => {
  const { target, currentTarget } = event
  if (isSendKey(event)) {
    event.preventDefault()
    return currentTarget.requestSubmit()
  }
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
  event.preventDefault()
  if (!target.matches('[data-stays]')) enter(next(currentTarget, target))
}
