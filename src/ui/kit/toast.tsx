import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import type { Problem } from '../call.ts'
import { say } from '../language/index.ts'
import { sentenceOf } from './problem-note.tsx'

const closing = () => ({ closeButtonProps: { 'aria-label': say('action.close') } })

/** Messages on screen, by what they are about. The library leaves the old one when a new one comes under its name. */
const shown = new Map<string, string>()

export const untell = (about: string): void => {
  const id = shown.get(about)
  if (id) notifications.hide(id)
  shown.delete(about)
}

/** Something went well. It replaces an earlier message about the same thing. */
export const told = (message: ReactNode, about?: string, milliseconds = 5000): void => {
  if (about) untell(about)
  const id = notifications.show({ message, autoClose: milliseconds, color: 'pine', ...closing() })
  if (about) shown.set(about, id)
}

/** Something was refused or broke; `problem` may be the sentence itself. Stays longer, for it has to be read. */
export const toldProblem = (problem: Problem | Error | string) => {
  const message = typeof problem === 'string' ? problem : sentenceOf(problem)
  notifications.show({ message, color: 'red', autoClose: 12_000, role: 'alert', ...closing() })
}
