import type * as z from 'zod'
import { refuseField } from '../../platform/refusal.ts'
import type { Action, Trigger } from '../../platform/rules/registry.ts'
import type { Work } from '../../platform/work.ts'
import type { RuleAct } from './contract-rules.ts'

/** What the modules of the program offer to rules. */
export type Parts = { triggers: readonly Trigger[]; actions: ReadonlyMap<string, Action> }
export type Offering = { triggers?: readonly Trigger[]; actions?: readonly Action[] }

export const partsOf = (modules: readonly Offering[]): Parts => ({
  triggers: modules.flatMap(module => module.triggers ?? []),
  actions: new Map(modules.flatMap(module => module.actions ?? []).map(one => [one.name, one])),
})

/** The input of an action, as its owner reads it. @throws Refusal naming the action and its field */
export const inputOf = (parts: Parts, act: RuleAct, at: string): { action: Action; input: Record<string, unknown> } => {
  const { do: name, ...rest } = act
  const action = parts.actions.get(name)
  if (!action) return refuseField(`${at}.do`, `There is no action "${name}"`)
  const parsed = (action.input as z.ZodType).safeParse(rest)
  if (parsed.success) return { action, input: parsed.data as Record<string, unknown> }
  const issue = parsed.error.issues[0]
  return refuseField([at, ...(issue?.path ?? [])].join('.'), issue?.message ?? 'This makes no sense')
}

/** @throws Refusal naming the part of an action that makes no sense */
export const assertActions = async (work: Work, parts: Parts, actions: readonly RuleAct[]): Promise<void> => {
  for (const [index, act] of actions.entries()) {
    const { action, input } = inputOf(parts, act, `actions.${index}`)
    await action.check?.(work, input)
  }
}
