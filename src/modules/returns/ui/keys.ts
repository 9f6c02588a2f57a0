import type { Coming, Reason } from '../contract.ts'

/** The letter for each reason; told apart from those of the condition, so that either can be pressed at any time. */
export const reasonKeys: Record<Reason, string> = {
  faulty: 'f',
  not_as_described: 'd',
  wrong_item: 'w',
  damaged_in_transit: 't',
  missing: 'm',
  late: 'l',
  change_of_mind: 'c',
  gift: 'g',
  recall: 'r',
  own_requirement: 'o',
  installation: 'i',
}

export const conditionKeys: Record<Coming['condition'], string> = {
  unopened: 'u',
  unused: 'n',
  used: 's',
  damaged: 'b',
}

export const letterOf = <T extends string>(keys: Record<T, string>, key: string): T | null =>
  (Object.keys(keys) as T[]).find(name => keys[name] === key) ?? null

const typing = 'input:not([type="checkbox"]):not([type="radio"]), textarea, select'

/** Whether a key is meant for the field it was pressed in. */
export const isTyped = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest(typing) !== null

/** Moves the focus among the buttons of a group. */
export const stepWithin = (group: Element | null, from: Element | null, by: number): void => {
  const all = [...(group?.querySelectorAll<HTMLElement>('[data-step]:not(:disabled), .rp-tile') ?? [])]
  const at = from instanceof HTMLElement ? all.indexOf(from) : -1
  all[Math.min(all.length - 1, Math.max(0, at + by))]?.focus()
}
