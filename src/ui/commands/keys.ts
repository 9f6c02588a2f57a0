import { onMac } from '../kit/keys.ts'
import { type CommandName, commandNames, commands } from './table.ts'

/** Keys that somebody has chosen; an empty one switches the command's key off. */
export type Chosen = Partial<Record<string, string>>

export const keyOf = (name: CommandName, chosen: Chosen | undefined): string => chosen?.[name] ?? commands[name].key

/** The sign on the key: where a layout has no Latin letters, the one that stands there on a Latin keyboard. */
const signOf = ({ key, code }: KeyboardEvent): string => {
  if (key.length !== 1) return key
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter && !/^[\x20-\x7e]$/.test(key) && !/\p{Script=Latin}/u.test(key)) return letter.toLowerCase()
  return key
}

/**
 * What was pressed, as the table writes it: `r`, `Shift+x`, `?`. Null for keys that only go with others, with Ctrl, Alt or
 * Cmd, and while a character is being composed.
 */
export const pressed = (event: KeyboardEvent): string | null => {
  // Safari ends a composition with a key that says so only by this number.
  // oxlint-disable-next-line typescript/no-deprecated
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return null
  const sign = signOf(event)
  if (['Shift', 'Dead', 'CapsLock', 'Process', 'Unidentified'].includes(sign)) return null
  const isLetter = sign.length === 1 && sign.toLowerCase() !== sign.toUpperCase()
  if (!isLetter) return sign
  // Caps Lock alone is no Shift.
  return event.shiftKey ? `Shift+${sign.toLowerCase()}` : sign.toLowerCase()
}

const glyphs: Record<string, string> = { Enter: '↵', ' ': '␣' }

/** A key as people read it, in the way of their system. */
export const shownKey = (key: string): string =>
  key
    .split(' ')
    .map(part => part.replace(/^Shift\+/, onMac ? '⇧' : 'Shift ').replace(/[^ ]+$/, sign => glyphs[sign] ?? sign))
    .join(' ')

/** The commands whose keys get in the way of one another: the same, or the beginning of it. */
export const conflictsWith = (key: string, name: CommandName, chosen: Chosen | undefined): CommandName[] =>
  key === ''
    ? []
    : commandNames.filter(other => {
        const theirs = keyOf(other, chosen)
        if (other === name || theirs === '') return false
        return theirs === key || theirs.startsWith(`${key} `) || key.startsWith(`${theirs} `)
      })
