import type * as z from 'zod'
import type { ActionCall } from '../../shared/contract.ts'
import { refuseField } from '../refusal.ts'
import type { Work } from '../work.ts'
import type { Action, Trigger } from './registry.ts'

/** What the modules of the program offer to rules and macros. */
export type Parts = { triggers: readonly Trigger[]; actions: ReadonlyMap<string, Action> }
export type Offering = { triggers?: readonly Trigger[]; actions?: readonly Action[] }

export const partsOf = (modules: readonly Offering[]): Parts => ({
  triggers: modules.flatMap(module => module.triggers ?? []),
  actions: new Map(modules.flatMap(module => module.actions ?? []).map(one => [one.name, one])),
})

/** The input of an action, as its owner reads it. @throws Refusal naming the action and its field */
const inputOf = (parts: Parts, call: ActionCall, at: string): { action: Action; input: Record<string, unknown> } => {
  const { do: name, ...rest } = call
  const action = parts.actions.get(name)
  if (!action) return refuseField(`${at}.do`, `There is no action "${name}"`)
  const parsed = (action.input as z.ZodType).safeParse(rest)
  if (parsed.success) return { action, input: parsed.data as Record<string, unknown> }
  const issue = parsed.error.issues[0]
  return refuseField([at, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'This makes no sense')
}

/** @param field where they stand in what was sent @throws Refusal naming the part of a call that makes no sense */
export const assertActions = async (
  work: Work,
  parts: Parts,
  calls: readonly ActionCall[],
  field: string,
): Promise<void> => {
  for (const [index, call] of calls.entries()) {
    const { action, input } = inputOf(parts, call, `${field}[${index}]`)
    await action.check?.(work, input)
  }
}

/**
 * Does one after the other, in the transaction it is given: all, or nothing.
 * @param by in whose name what needs somebody of the house is done
 * @returns the names of those that did something
 */
export const carryOut = async (
  work: Work,
  parts: Parts,
  calls: readonly ActionCall[],
  { subjectId, by, field }: { subjectId: number; by: number | null; field: string },
): Promise<string[]> => {
  const did: string[] = []
  for (const [index, call] of calls.entries()) {
    const { action, input } = inputOf(parts, call, `${field}[${index}]`)
    if (await action.run(work, subjectId, input, by)) did.push(action.name)
  }
  return did
}
