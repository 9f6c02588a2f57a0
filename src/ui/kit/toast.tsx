import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import type { Problem } from '../call.ts'
import { say } from '../language/index.ts'
import { sentenceOf } from './problem-note.tsx'

const closing = () => ({ closeButtonProps: { 'aria-label': say('action.close') } })

/** Something went well. `id` replaces an earlier message about the same thing. */
export const told = (message: ReactNode, id?: string, milliseconds = 5000) =>
  notifications.show({ message, autoClose: milliseconds, color: 'pine', ...closing(), ...(id ? { id } : {}) })

/** Something was refused or broke; `problem` may be the sentence itself. Stays longer, for it has to be read. */
export const toldProblem = (problem: Problem | Error | string) => {
  const message = typeof problem === 'string' ? problem : sentenceOf(problem)
  notifications.show({ message, color: 'red', autoClose: 12_000, role: 'alert', ...closing() })
}

export const untell = (id: string) => notifications.hide(id)
