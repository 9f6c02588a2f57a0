import type * as z from 'zod'
import type { Work } from '../work.ts'

/**
 * Something that can be done to a subject by a rule, a macro or a program. Stated once by the module that owns it; who
 * offers it looks it up by its name.
 */
export type Action<I extends z.ZodObject = z.ZodObject> = {
  name: string
  input: I
  /** Whether it makes sense at all: asked when a rule is saved. @throws Refusal naming the field */
  check?(work: Work, input: z.output<I>): Promise<void>
  /**
   * @param by the member of staff in whose name it is done where that needs somebody of the house
   * @returns whether anything was done; what is so already stays
   */
  run(work: Work, subjectId: number, input: z.output<I>, by: number | null): Promise<boolean>
}

/** Keeps the type of the input between its parts. */
export const action = <I extends z.ZodObject>(one: Action<I>): Action => one

/** An event that rules can be set on, where its subject is what rules are about. */
export type Trigger = { event: string }
